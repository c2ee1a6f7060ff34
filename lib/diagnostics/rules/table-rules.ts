import { characterName, findInvisible, findNonLatin } from "../characters.ts";
import { nearMiss } from "../did-you-mean.ts";
import { firstDifference } from "../look-alike.ts";
import { rule } from "./rule.ts";
import { quote, truncate } from "./wording.ts";

const NEEDED: Record<string, string> = {
  "dataset.json": "it holds the name, title and licence of the dataset.",
  "schema.json": "it says which tables and columns there are.",
};

const LOOKS_LIKE_JSON = /\.(?:json?|jsn|js|json\w*|geojson|txt)$/i;

/** A column of a key, with its value. */
interface KeyPart {
  name: string;
  value: unknown;
}

/** A character with its code, though it may look like another: `а (U+0430)`. */
const codeOf = (c: string): string => (/^[!-~]$/.test(c) ? `${c} (U+${hex(c)})` : characterName(c).replace(/^a (?=\S \(U)/u, ""));
const hex = (c: string): string => (c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

/** Ids, and references from one record to another. */
export const keyRules = {
  keyTwice: rule(
    {
      title: "An id used twice",
      explanation: "An id names one record for ever. A copied record needs a new one.",
      examples: ["id-used-twice", "id-used-in-another-file"],
    },
    (key: readonly KeyPart[], first: string | undefined, table: string) => [
      `The ${key.map(({ name, value }) => `${name} ${quote(value)}`).join(" with ")} belongs to ${first === undefined ? `another record of ${table}` : `the record at ${first}`} already`,
      key.length === 1
        ? `Give this record its own ${key[0]?.name}, or merge the two.`
        : "Give this record values of its own, or merge the two.",
    ],
  ),
  keyAlike: rule(
    {
      title: "Two ids that look the same",
      explanation:
        "People copy ids from what they see. Two that differ by case, by spaces, by how accents are written, or by letters that look alike (a Latin and a Cyrillic a) name two records and cannot be told apart.",
      examples: ["id-that-looks-like-another"],
    },
    (key: readonly KeyPart[], other: { place: string; parts: readonly KeyPart[] } | undefined, table: string) => {
      const at = key.findIndex(({ value }, i) => value !== other?.parts[i]?.value);
      const [here, there] = [key[at], other?.parts[at]];
      const named = `The ${key.map(({ name, value }) => `${name} ${quote(value)}`).join(" with ")}`;
      const remedy = "Give both records the same key and merge them, or one of them a key that people can tell apart.";
      if (!here || !there || !other) return [`${named} looks like that of another record of ${table}`, remedy];
      const { here: mine, there: its } = firstDifference(String(here.value), String(there.value));
      const say = (c: string | undefined): string => (c === undefined ? "nothing" : codeOf(c));
      return [
        `${named} looks like ${quote(there.value)} at ${other.place}: ${say(mine)} stands here where ${say(its)} stands there`,
        remedy,
      ];
    },
  ),
  keyBlank: rule(
    {
      title: "An id that nobody sees",
      explanation: "A record is named by its id, so that holds at least one character that people see.",
      examples: ["id-of-spaces"],
    },
    (table: string) => [
      "The key of this record is empty, or holds nothing that people see",
      `Give it a key that no other record of ${table} has.`,
    ],
  ),
  noSuchRecord: rule(
    {
      title: "A reference to nothing",
      explanation: "Records refer to each other by id. Either the id is misspelt, or the record it names is still to be added.",
      examples: [
        "reference-to-nothing",
        "reference-with-a-typing-error",
        "reference-in-other-letters",
        "reference-by-name",
        "reference-without-its-kind",
        "empty-reference",
        "reference-with-an-invisible-character",
      ],
    },
    (key: string, table: string, suggestion: { key: string; label?: string | undefined } | undefined, more: number) => {
      if (key.trim() === "")
        return ["There is nothing between the quotes", `Write the id of a record of ${table}, or leave the column out.`];
      const again = more > 0 ? ` (and so at ${more} more place${more > 1 ? "s" : ""})` : "";
      const nearly = suggestion && `Did you mean ${quote(suggestion.key)}${suggestion.label ? ` (${truncate(suggestion.label)})` : ""}?`;
      const odd = findInvisible(key) ?? findNonLatin(key);
      const holds = odd ? `: it holds ${characterName(odd)}` : "";
      return [`There is no ${quote(key)} in ${table}${again}${holds}`, nearly ?? `Add it to ${table}, or correct it here.`];
    },
  ),
};

/** Which files a dataset holds, and where. */
export const fileRules = {
  unknownTable: rule(
    {
      title: "A file of no table",
      explanation: "The name of a file, or of the folder it stands in, is the name of its table.",
      examples: ["misspelt-folder"],
    },
    (table: string, tables: readonly string[], path: string, withoutFile: string | undefined) => {
      const suggestion = nearMiss(table, tables) ?? withoutFile;
      return [
        `There is no table "${table}"; the tables are: ${tables.join(", ")}`,
        suggestion
          ? `Did you mean "${suggestion}"? Move the file to ${suggestion}${path.slice(table.length)}.`
          : "Move the file into the folder of its table, or out of the dataset.",
      ];
    },
  ),
  strayFile: rule(
    {
      title: "A file that is no data",
      explanation: "A dataset's folder holds its tables. Notes for yourself stand elsewhere.",
      examples: ["file-beside-the-tables"],
    },
    (tables: readonly string[]) => [`This file belongs to no table; the tables are: ${tables.join(", ")}`, "Move it out of the folder."],
  ),
  ending: rule(
    {
      title: "Another ending than .json",
      explanation: "Only files that end in .json, in small letters, are read as records.",
      examples: ["misspelt-ending", "ending-in-capitals", "spreadsheet-file"],
    },
    (path: string) => [
      "A file of records ends in .json",
      LOOKS_LIKE_JSON.test(path)
        ? `Rename it to ${path.replace(/\.[^.]*$/, ".json")}.`
        : "Write its rows as JSON records, or move it out of the folder.",
    ],
  ),
  folderInFolder: rule(
    {
      title: "A folder in the folder of a table",
      explanation: "The files of a table stand side by side.",
      examples: ["folder-in-a-folder"],
    },
    (table: string, path: string) => [
      `Records stand in ${table}/ itself, not in a folder below it`,
      `Move the file to ${table}/${path.split("/").at(-1)}.`,
    ],
  ),
  fileAndFolder: rule(
    {
      title: "A table in a file and in a folder",
      explanation: "A table is either one file or a folder of files.",
      examples: ["table-in-a-file-and-a-folder"],
    },
    (table: string) => [
      `The table "${table}" stands in a file and in a folder`,
      `Move all records into ${table}.json, or all into ${table}/.`,
    ],
  ),
  noFile: rule(
    {
      title: "A table without a file",
      explanation: "Every table has a file, even where it has no records yet.",
      examples: ["table-without-a-file"],
    },
    (table: string) => [`The table "${table}" has no file`, `Add ${table}.json with a list of records; [] is an empty one.`],
  ),
  missing: rule(
    {
      title: "A file of the dataset is missing",
      explanation: "Two files say what the dataset is.",
      examples: ["dataset-without-its-description"],
    },
    (file: string) => ["The file is missing", `Put it back: ${NEEDED[file]}`],
  ),
  otherName: rule(
    {
      title: "A dataset of another name",
      explanation: "The address of a dataset is made of the name of its folder, which stands in dataset.json as well.",
      examples: ["dataset-of-another-name"],
    },
    (name: string, folder: string) => [
      `The name is "${name}", and the folder is called "${folder}"`,
      "Give both the same name: addresses are made of it.",
    ],
  ),
  placeholderText: rule(
    {
      title: "A placeholder instead of a text",
      explanation:
        "A new dataset marks with TODO what a person has to write. A draft may hold that; a release would publish it for good, as the first sentence of its page.",
      examples: ["placeholder-description", "starters-sentence"],
    },
    (found: string) => [
      `${quote(found)} is a placeholder, and release.version makes this a publication`,
      "Say in a sentence or two what the dataset holds.",
    ],
  ),
  placeholderLicense: rule(
    {
      title: "A placeholder instead of a licence",
      explanation: "Only who owns the data can license it, so nothing is guessed. Readers may use a release only as its licence allows.",
      examples: ["placeholder-licence"],
    },
    (found: string) => [
      `${quote(found)} is a placeholder, and release.version makes this a publication`,
      'Name the licence under which you give the data away, such as "CC-BY-4.0", "CC0-1.0" or "ODbL-1.0".',
    ],
  ),
  reservedName: rule(
    { title: "A name that is taken", explanation: "Some addresses have a meaning already.", examples: ["dataset-called-pages"] },
    (name: string) => [
      `A dataset cannot be called "${name}": that address has another meaning`,
      "Choose another name, for the folder as well.",
    ],
  ),
  shape: rule(
    {
      title: "Not in the usual shape",
      explanation:
        "Files have two spaces a level, one value a line and columns in one order, so that a change shows what was changed and nothing else. This is no problem of the data; `factpress check --fix` does it.",
      examples: ["columns-in-another-order", "everything-on-one-line"],
    },
    (files: readonly string[]) => [
      `${files.length} file${files.length === 1 ? "" : "s"} not in the usual shape (${files.slice(0, 3).join(", ")}${files.length > 3 ? ", …" : ""}): factpress check --fix`,
    ],
  ),
  size: rule(
    {
      title: "Too many records, or too few",
      explanation: "The dataset says how many records this table has.",
      examples: ["more-records-than-are-taken"],
    },
    (table: string, records: number, least: number, most: number) => [
      `The table ${table} has ${records} records; ${most === Number.POSITIVE_INFINITY ? `at least ${least}` : least === 0 ? `at most ${most}` : `${least} to ${most}`} are taken`,
      records > most ? `Remove ${records - most} of them.` : "Add what is missing.",
    ],
  ),
};
