import { DATASET_FILE, SCHEMA_FILE } from "../../contract/dataset-files.ts";
import { nearestName } from "../nearest-name.ts";
import { quote } from "./quote.ts";
import { rule } from "./rule.ts";

const NEEDED: Record<string, string> = {
  [DATASET_FILE]: "it has the name, title and licence of the dataset.",
  [SCHEMA_FILE]: "it describes the tables and their columns.",
};

/** How many other files of a folder have the same problem. */
const alsoIn = (more: number): string => (more === 0 ? "" : ` (also ${more} more file${more === 1 ? "" : "s"} in this folder)`);

const LOOKS_LIKE_JSON = /\.(?:json?|jsn|js|json\w*|geojson|txt)$/i;

/** Rules about the files of a dataset. */
export const fileRules = {
  unknownTable: rule(
    {
      title: "A file of no table",
      explanation: "The name of a file, or of its folder, is the name of its table.",
      examples: ["misspelt-folder", "misspelt-folder-beside-the-right-one"],
    },
    (
      table: string,
      tables: readonly string[],
      path: string,
      { withoutFile, paths, folder }: { withoutFile: string | undefined; paths: ReadonlySet<string>; folder: readonly string[] },
    ) => {
      const more = folder.length - 1;
      const suggestion = nearestName(table, tables) ?? withoutFile;
      const targetOf = (file: string): string => `${suggestion}${file.slice(table.length)}`;
      const [taken, ...others] = folder.map(targetOf).filter((target) => paths.has(target));
      const moved = more > 0 ? `Move its files to ${suggestion}/.` : `Move the file to ${targetOf(path)}.`;
      const merged =
        more > 0
          ? `Move its files to ${suggestion}/; add the records of those whose name is taken (${taken}${others.length > 0 ? `, and ${others.length} more` : ""}) to the file that has it.`
          : `Move its records into ${taken}, or the file out of the dataset.`;
      const remedy = taken === undefined ? moved : merged;
      const files = more > 0 ? "files" : "file";
      return [
        `Unknown table "${table}"${alsoIn(more)}; the tables are: ${tables.join(", ")}`,
        suggestion
          ? `Did you mean "${suggestion}"? ${remedy}`
          : `Move the ${files} into the folder of ${more > 0 ? "their" : "its"} table, or out of the dataset.`,
      ];
    },
  ),
  strayFile: rule(
    {
      title: "A file that is not data",
      explanation: "A dataset's folder contains its tables. Keep other files elsewhere.",
      examples: ["file-beside-the-tables"],
    },
    (tables: readonly string[], more: number) => [
      `The file belongs to no table${alsoIn(more)}; the tables are: ${tables.join(", ")}`,
      more > 0 ? "Move these files out of the dataset." : "Move it out of the folder.",
    ],
  ),
  ending: rule(
    {
      title: "Another extension than .json",
      explanation: "Only files that end in .json, in lower case, are read as records.",
      examples: ["misspelt-ending", "ending-in-capitals", "spreadsheet-file"],
    },
    (path: string, more: number) => [
      `The name of a file of records must end in .json${alsoIn(more)}`,
      LOOKS_LIKE_JSON.test(path)
        ? `Rename it to ${path.replace(/\.[^.]*$/, ".json")}.`
        : "Write its rows as JSON records, or move it out of the folder.",
    ],
  ),
  folderInFolder: rule(
    {
      title: "A folder in the folder of a table",
      explanation: "The files of a table are in one folder, without subfolders.",
      examples: ["folder-in-a-folder"],
    },
    (table: string, path: string, more: number) => [
      `Records must be in ${table}/ itself, not in a subfolder${alsoIn(more)}`,
      more > 0 ? `Move its files to ${table}/.` : `Move the file to ${table}/${path.split("/").at(-1)}.`,
    ],
  ),
  fileAndFolder: rule(
    {
      title: "A table in a file and in a folder",
      explanation: "A table is either one file or a folder of files.",
      examples: ["table-in-a-file-and-a-folder"],
    },
    (table: string) => [`The table "${table}" is both a file and a folder`, `Move all records into ${table}.json, or all into ${table}/.`],
  ),
  noFile: rule(
    {
      title: "A table without a file",
      explanation: "Every table has a file, even if it has no records yet.",
      examples: ["table-without-a-file"],
    },
    (table: string) => [`The table "${table}" has no file`, `Restore it, or add ${table}.json with a list of records ([] for none).`],
  ),
  missing: rule(
    {
      title: "A file of the dataset is missing",
      explanation: "Two files describe the dataset.",
      examples: ["dataset-without-its-description"],
    },
    // `renamed`: a file with this name in other letters.
    (file: string, renamed: string | undefined) =>
      renamed === undefined
        ? ["The file is missing", `Restore it: ${NEEDED[file]}`]
        : [`The file is missing, but there is ${renamed}: upper and lower case differ`, `Rename it to ${file}.`],
  ),
  otherName: rule(
    {
      title: "A dataset of another name",
      explanation: "The name of a dataset's folder is part of its address, and is also in dataset.json.",
      examples: ["dataset-of-another-name"],
    },
    (name: string, folder: string) => [
      `The name is "${name}", but the folder is "${folder}"`,
      "Give both the same name; it is part of addresses.",
    ],
  ),
  unknownFormat: rule(
    {
      title: "A format that is not known",
      explanation: "`release.formats` names the kinds of files that releases have. docs/formats.md lists them.",
      examples: ["format-that-is-not-known"],
    },
    (name: string, suggestion: string | undefined, known: readonly string[]) => [
      `Unknown format ${quote(name)}`,
      suggestion ? `Did you mean ${quote(suggestion)}?` : `The formats are: ${known.join(", ")}.`,
    ],
  ),
  missingFormat: rule(
    {
      title: "A format that every dataset has",
      explanation: "Releases are compared and read back by these files, so every dataset has them.",
      examples: ["format-that-every-dataset-has"],
    },
    (name: string) => [`"release.formats" does not name ${quote(name)}, which every dataset has`, `Add ${quote(name)}.`],
  ),
  placeholderText: rule(
    {
      title: "A placeholder instead of a text",
      explanation: "A new dataset marks what you have to write with TODO. A draft may contain it; a release would publish it permanently.",
      examples: ["placeholder-description", "starters-sentence"],
    },
    (found: string) => [
      `${quote(found)} is a placeholder, but release.version marks the dataset for publication`,
      "Describe the dataset in a sentence or two.",
    ],
  ),
  placeholderRecord: rule(
    {
      title: "The record of a new dataset",
      explanation: "A new dataset has one record that shows the columns. It is an example, so it cannot be released.",
      examples: ["starters-record"],
    },
    (found: string) => [
      `${quote(found)} is the example of a new dataset, but release.version marks the dataset for publication`,
      "Replace the record with one of your own, or remove it.",
    ],
  ),
  placeholderLicense: rule(
    {
      title: "A placeholder instead of a licence",
      explanation: "Only the owner of the data can license it. Readers may use a release only as its licence allows.",
      examples: ["placeholder-licence"],
    },
    (found: string) => [
      `${quote(found)} is a placeholder, but release.version marks the dataset for publication`,
      'Name the licence of the data, such as "CC-BY-4.0", "CC0-1.0" or "ODbL-1.0".',
    ],
  ),
  reservedName: rule(
    { title: "A reserved name", explanation: "The site itself uses some names in its addresses.", examples: ["dataset-called-pages"] },
    (name: string) => [`"${name}" is reserved: the site itself uses this address`, "Choose another name, also for the folder."],
  ),
  shape: rule(
    {
      title: "Not in the usual shape",
      explanation:
        "Files are indented by two spaces, with one value a line and columns in the order of schema.json, so that a diff shows only what changed. This does not fail the check; `factpress check --fix` does it.",
      examples: ["columns-in-another-order", "everything-on-one-line"],
    },
    (files: readonly string[]) => [
      `${files.length} file${files.length === 1 ? "" : "s"} not in the usual shape (${files.slice(0, 3).join(", ")}${files.length > 3 ? ", …" : ""}): factpress check --fix`,
    ],
  ),
  size: rule(
    {
      title: "Too many records, or too few",
      explanation: "The dataset limits the number of records of this table.",
      examples: ["more-records-than-are-taken"],
    },
    (table: string, records: number, least: number, most: number) => [
      `Too ${records > most ? "many" : "few"} records in ${table}: ${records} (${records > most ? `maximum ${most}` : `minimum ${least}`})`,
      records > most ? `Remove ${records - most} of them.` : `Add ${least - records} more.`,
    ],
  ),
};
