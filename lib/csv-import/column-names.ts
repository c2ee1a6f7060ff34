import { characterName } from "../diagnostics/character-name.ts";
import { findNonLatinCharacter } from "../diagnostics/find-non-latin-character.ts";
import { lookAlikeSkeleton } from "../diagnostics/look-alike-skeleton.ts";

const MAX_LENGTH = 60;
function foreignLetterNote(...names: string[]): string {
  const letter = names.map(findNonLatinCharacter).find((found) => found !== undefined);
  return letter === undefined ? "" : `: one has ${characterName(letter)}`;
}

/** Letters without a decomposition. */
const LETTERS: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" };

/** A column name in lower case, digits and _, in the script of the text. Empty if it has no letter or digit. */
export function columnNameFrom(text: string): string {
  const small = text.normalize("NFKC").toLowerCase();
  const bare = small
    .replaceAll(/[ßæœøđðþłı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "");
  // If the text is not ASCII without its marks, they belong to its script.
  const letters = /[^\0-\u007f]/.test(bare.replaceAll(/[^\p{L}\p{N}]/gu, "")) ? small : bare;
  const name = letters
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "_")
    .slice(0, MAX_LENGTH)
    .toWellFormed()
    .replaceAll(/^_+|_+$|\ufffd/g, "");
  // JavaScript orders integer names before all others.
  return /^\d/.test(name) ? `x${name}` : name;
}

/** Names of columns whose header is only a sign. */
const SIGNS: Record<string, string> = { "#": "number", "%": "percent" };

/** Unique column names that people can tell apart, with notes on changed names. `line`: the line of the headers. */
export function columnNames(headers: readonly string[], line = 1): { name: string; note?: string }[] {
  const looks = new Map<string, string>();
  return headers.map((header, i) => {
    const wanted = columnNameFrom(header) || (SIGNS[header.trim()] ?? `column_${i + 1}`);
    const same = looks.get(lookAlikeSkeleton(wanted));
    let name = wanted;
    for (let n = 2; looks.has(lookAlikeSkeleton(name)); n += 1) name = `${same ?? wanted}_${n}`;
    looks.set(lookAlikeSkeleton(name), name);
    if (same !== undefined && same !== wanted)
      return { name, note: `looks like another column, ${same} (line ${line})${foreignLetterNote(wanted, same)}` };
    if (header.trim() === "") return { name, note: `has no header (line ${line})` };
    return name === wanted ? { name } : { name, note: `another column is already called ${wanted} (line ${line})` };
  });
}
