import { characterName } from "../character-name.ts";
import { findInvisibleCharacter } from "../find-invisible-character.ts";
import { findNonLatinCharacter } from "../find-non-latin-character.ts";
import { firstDifference } from "../first-difference.ts";
import { quote } from "./quote.ts";
import { rule } from "./rule.ts";
import { truncate } from "./truncate.ts";

/** A column of a key, with its value. */
interface KeyPart {
  name: string;
  value: unknown;
}

/** Records that have the keys of others, as in a copy. */
export interface Copied {
  records: number;
  /** They are the second half of their file. */
  isOwn: boolean;
  /** Whether the records with these keys were all found. */
  areAllLocated: boolean;
}

/** A character with its code: `а (U+0430)`. */
const codeOf = (c: string): string => (/^[!-~]$/.test(c) ? `${c} (U+${hex(c)})` : characterName(c).replace(/^a (?=\S \(U)/u, ""));

const hex = (c: string): string => (c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

/** Rules about keys and references. */
export const keyRules = {
  keyTwice: rule(
    {
      title: "A duplicate key",
      explanation: "A key identifies one record forever. A copied record needs a new key.",
      examples: ["id-used-twice", "id-used-in-another-file"],
    },
    (key: readonly KeyPart[], first: string | undefined, table: string, copied?: Copied) => {
      const named = key.map(({ name, value }) => `${name} ${quote(value)}`).join(" with ");
      const other = first === undefined ? `another record of ${table}` : `the record at ${first}`;
      const own = key.length === 1 ? `its own ${key[0]?.name}` : "values of its own";
      if (copied === undefined) return [`Duplicate ${named}: ${other} has it`, `Give this record ${own}, or merge the two.`];
      const { records, isOwn, areAllLocated } = copied;
      if (isOwn)
        return [
          `Duplicate ${named}: ${other} has it, and the second half of this file, ${records} records, has the keys of the first`,
          `If one of the two halves is a copy, delete it. Otherwise give each record ${own}, or merge the two.`,
        ];
      const keys = areAllLocated
        ? `that file has the keys of all ${records} records of this file`
        : `all ${records} records of this file have keys of earlier records`;
      return [
        `Duplicate ${named}: ${other} has it, and ${keys}`,
        `If one of the two files is a copy, delete it. Otherwise give each record ${own}, or merge the two.`,
      ];
    },
  ),
  keyAlike: rule(
    {
      title: "Two keys that look the same",
      explanation:
        "People copy keys from what they see, and cannot distinguish two that differ only by case, by spaces, by how accents are encoded, or by letters that look alike (a Latin and a Cyrillic a).",
      examples: ["id-that-looks-like-another"],
    },
    (key: readonly KeyPart[], other: { location: string; parts: readonly KeyPart[] } | undefined, table: string) => {
      const at = key.findIndex(({ value }, i) => value !== other?.parts[i]?.value);
      const [here, there] = [key[at], other?.parts[at]];
      const named = `The ${key.map(({ name, value }) => `${name} ${quote(value)}`).join(" with ")}`;
      const remedy = "Merge the two records under one key, or give one of them a key that people can tell apart.";
      if (!here || !there || !other) return [`${named} looks like that of another record of ${table}`, remedy];
      const { here: mine, there: its } = firstDifference(String(here.value), String(there.value));
      const say = (c: string | undefined): string => (c === undefined ? "nothing" : codeOf(c));
      return [`${named} looks like ${quote(there.value)} at ${other.location}: ${say(mine)} here, ${say(its)} there`, remedy];
    },
  ),
  keyBlank: rule(
    {
      title: "An invisible key",
      explanation: "A record is named by its key, so a key has at least one visible character.",
      examples: ["id-of-spaces"],
    },
    (table: string) => ["The key of this record is empty or invisible", `Give it a key that no other record of ${table} has.`],
  ),
  keyHidden: rule(
    {
      title: "A hidden character in a key",
      explanation: "Readers look up a record by the key that they see. A key with an invisible character is a different key.",
      examples: ["id-with-a-hidden-character"],
    },
    (key: readonly KeyPart[], hidden: string) => [
      `The ${key.map(({ name, value }) => `${name} ${quote(value)}`).join(" with ")} contains ${characterName(hidden)}, which is invisible`,
      "Delete it: readers would look for another key.",
    ],
  ),
  noSuchRecord: rule(
    {
      title: "A reference to no record",
      explanation: "Records refer to each other by key. Either the key is misspelt, or the record is still to be added.",
      examples: [
        "reference-to-nothing",
        "reference-with-a-typing-error",
        "reference-in-other-letters",
        "reference-by-name",
        "reference-without-its-kind",
        "reference-by-another-code",
        "empty-reference",
        "reference-with-an-invisible-character",
      ],
    },
    (key: string, table: string, suggestion: { key: string; label?: string | undefined } | undefined, more: number) => {
      if (key.trim() === "") return ["The text is empty", `Write the key of a record of ${table}, or leave out the column.`];
      const again = more > 0 ? ` (also at ${more} more place${more > 1 ? "s" : ""})` : "";
      const nearly = suggestion && `Did you mean ${quote(suggestion.key)}${suggestion.label ? ` (${truncate(suggestion.label)})` : ""}?`;
      const odd = findInvisibleCharacter(key) ?? findNonLatinCharacter(key);
      const detail = odd ? `: it contains ${characterName(odd)}` : "";
      return [`There is no ${quote(key)} in ${table}${again}${detail}`, nearly ?? `Add it to ${table}, or correct the key.`];
    },
  ),
};
