import { characterName } from "../character-name.ts";
import type { Damage } from "../find-damage.ts";
import { isInvisibleCharacter } from "../find-invisible-character.ts";
import { jsonSymbolForCharacter } from "../json-symbol-for-character.ts";
import { quote } from "./quote.ts";
import { rule } from "./rule.ts";
import { truncate } from "./truncate.ts";

/** Longer words are truncated. */
const LONG = 60;

const CLOSING: Record<string, string> = { "{": "}", "[": "]" };

/** Describes damaged text by its first character. */
function damageName(found: string): string {
  if (found === "\r") return "a carriage return (U+000D) without a line feed";
  if (found === "\ufffd") return "a replacement character (U+FFFD), where another was lost";
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return [...found].length === 1 ? `a control character (${code})` : `bytes of another encoding (from ${code})`;
}

/** Rules of JSON syntax. */
export const jsonRules = {
  mergeConflict: rule(
    {
      title: "A merge conflict",
      explanation: "Git found two versions of the same lines and left both for you to choose.",
      examples: ["merge-conflict", "merge-conflict-between-records"],
    },
    () => [
      "Unresolved merge conflict",
      "Keep one version of a record, or both if both are new, with }, { between them. Then delete the lines with <<<<<<<, ======= and >>>>>>>.",
    ],
  ),
  trailingComma: rule(
    {
      title: "A trailing comma",
      explanation: "JSON allows no comma after the last value. `factpress check --fix` removes it.",
      examples: ["comma-before-a-brace", "comma-after-the-last-record"],
    },
    (closing: string, lastRecord: boolean) => [
      `Trailing comma before the closing ${closing}`,
      lastRecord ? "Remove the comma after the last record." : "Remove the comma.",
    ],
  ),
  doubled: rule(
    {
      title: "Two commas, or two colons",
      explanation: "One comma separates two values, and one colon separates a name from its value.",
      examples: ["two-commas-in-a-record", "two-commas-between-records", "two-colons"],
    },
    (symbol: "comma" | "colon", between: "here" | "between records") => [`Two ${symbol}s ${between}`, `Remove one ${symbol}.`],
  ),
  leadingComma: rule(
    {
      title: "A leading comma",
      explanation: "Commas go only between values.",
      examples: ["comma-before-the-first-record", "comma-before-the-first-column"],
    },
    (what: "list" | "object") => [`The ${what} starts with a comma`, "Remove the comma."],
  ),
  missingComma: rule(
    { title: "A missing comma", explanation: "A comma separates a value from the next name.", examples: ["missing-comma"] },
    () => ["Missing comma before this", "Add a comma after the value before it."],
  ),
  betweenRecords: rule(
    {
      title: "A missing comma between records",
      explanation: "Between the } of one record and the { of the next there is a comma, and nothing else.",
      examples: ["missing-comma-between-records"],
    },
    (isRecord: boolean) =>
      isRecord
        ? ["Missing comma between two records", "Add a comma after the } before this."]
        : ["Unexpected text after the end of a record", "Remove it; only a comma separates two records."],
  ),
  missingColon: rule(
    { title: "A missing colon", explanation: "A colon separates a name from its value.", examples: ["missing-colon"] },
    () => ["Missing colon before this", 'Write "name": value.'],
  ),
  wrongSymbol: rule(
    {
      title: "Another symbol for a colon or a comma",
      explanation: "A colon separates a name from its value; a comma separates two values.",
      examples: ["equals-for-a-colon", "semicolon-for-a-comma"],
    },
    (found: string, suggestion: string) => [
      `Expected a ${suggestion === ":" ? "colon" : "comma"}, found ${found}`,
      `Write ${suggestion} instead.`,
    ],
  ),
  missingName: rule(
    { title: "A missing name", explanation: "Inside { }, every value has a name in quotes.", examples: ["missing-name"] },
    () => ["Missing name", 'Write "name": value.'],
  ),
  missingValue: rule(
    { title: "A missing value", explanation: "A value follows each name and its colon.", examples: ["missing-value"] },
    () => ["Missing value", "Add a value, or remove the name before it."],
  ),
  missingBracket: rule(
    {
      title: "A missing bracket",
      explanation: "Every { needs a }, and every [ a ]. The place shown is where the check noticed; the bracket belongs before it.",
      examples: [
        "missing-brace-at-the-end",
        "missing-brace-between-records",
        "missing-brace-of-a-value",
        "missing-bracket-of-a-list-in-a-record",
        "missing-bracket-before-a-name",
      ],
    },
    (open: string, line: number, before: string) => [
      `Missing closing ${CLOSING[open]} before this${before && ` ${before}`}`,
      before === "{" ? "Close the record above with }, and add a comma after it." : `Close the ${open} on line ${line}.`,
    ],
  ),
  missingOpening: rule(
    {
      title: "A missing opening brace",
      explanation: "A record starts with {, and so does every value made of names and values.",
      examples: ["missing-opening-brace-of-a-record", "missing-opening-brace-of-a-value"],
    },
    (name: string) => [`Missing opening { before "${name}"`, "Add a { before it."],
  ),
  openBracket: rule(
    {
      title: "The file ends in the middle",
      explanation: "The file ends inside a value. It may have been copied incompletely.",
      examples: ["file-that-breaks-off"],
    },
    (open: string) => [`The file ends before this ${open} is closed`, "Complete it: every { needs a }, every [ a ]."],
  ),
  openList: rule(
    {
      title: "The list is not closed",
      explanation: "A file of records is one list, which ends with ].",
      examples: ["missing-bracket-at-the-end"],
    },
    () => ["The list of records is not closed", "End the file with ]."],
  ),
  bracketTooMany: rule(
    {
      title: "An unmatched closing bracket",
      explanation: "Every } needs a { before it, and every ] a [.",
      examples: ["brace-too-many", "missing-opening-bracket-of-a-list"],
    },
    (closing: string) => {
      const opening = closing === "}" ? "{" : "[";
      return [`Closing ${closing} without an opening ${opening}`, `Remove it, or add the missing ${opening}.`];
    },
  ),
  afterList: rule(
    {
      title: "The list ends too early",
      explanation: "A file of records is one list; nothing follows its ].",
      examples: ["text-after-the-end", "stray-text-after-the-end", "second-list"],
    },
    (first: string) => {
      if (first === "[") return ["A second list starts here", "Merge the two lists: replace the ] before this and this [ with a comma."];
      return ["The list ends before this", /[{,]/.test(first) ? "Move the ] to the end of the file." : "Remove everything after the ]."];
    },
  ),
  tooDeep: rule(
    {
      title: "Nested too deeply",
      explanation: "No record needs that many levels. Usually closing brackets are missing.",
      examples: ["brackets-without-end"],
    },
    (most: number) => [`Nested too deeply (maximum ${most} levels)`, "Close the brackets before this."],
  ),
  noQuotes: rule(
    {
      title: "Missing quotes",
      explanation: "Names, texts and dates are in double quotes; only numbers, true and false are not.",
      examples: [
        "value-without-quotes",
        "words-without-quotes",
        "missing-opening-quote",
        "column-without-quotes",
        "date-without-quotes",
        "number-with-its-unit",
      ],
    },
    (found: string) =>
      found.length > LONG
        ? [`${found.slice(0, LONG)}… is not in quotes`, "Put it in double quotes."]
        : [`${found} is not in quotes`, `Write "${found}".`],
  ),
  openName: rule(
    {
      title: "A name without its closing quote",
      explanation: "A name is in quotes, and the colon follows them.",
      examples: ["name-without-its-closing-quote"],
    },
    (name: string) => ["Missing closing quote after this name", `Write "${name}": and the value in its own quotes.`],
  ),
  singleQuotes: rule(
    { title: "Single quotes", explanation: "Text is in double quotes.", examples: ["single-quotes"] },
    (inside: string) => ["This text is in single quotes", `Use double quotes: "${inside}".`],
  ),
  curlyQuotes: rule(
    {
      title: "Curly quotes",
      explanation:
        "Word processors insert them in place of straight ones. `factpress check --fix` replaces them, except inside a text, where they may stay.",
      examples: ["curly-quotes"],
    },
    (found: string) => [`Curly quote: ${found}`, 'Use a straight quote: ".'],
  ),
  openText: rule(
    {
      title: "A missing closing quote",
      explanation: "A text starts and ends with a straight double quote, on the same line.",
      examples: ["missing-closing-quote", "line-break-in-a-text", "curly-quote-at-the-end-only"],
    },
    () => ["This text has no closing quote on its line", 'Add a straight ". Write a line break inside a text as \\n.'],
  ),
  quoteInText: rule(
    {
      title: "Quotes inside a text",
      explanation: "A straight quote ends the text, unless it has a \\ before it. Curly quotes need none.",
      examples: ["quote-in-a-text"],
    },
    () => ["The text ends at the quote before this", 'Write \\" for a quote inside a text.'],
  ),
  controlCharacter: rule(
    {
      title: "An invisible character",
      explanation: "It was probably copied with the text. Programs may fail on it.",
      examples: ["tab-in-a-text", "invisible-character-in-a-text"],
    },
    (isTab: boolean, isAtEdge: boolean) =>
      isTab
        ? ["Tab inside this text", isAtEdge ? "Delete it." : "Write a space instead."]
        : ["Invisible character inside this text", "Delete it; if you cannot see it, retype the characters around it."],
  ),
  backslash: rule(
    {
      title: "A backslash in a text",
      explanation: 'A \\ gives the next letter a special meaning: \\n is a line break, \\" a quote, \\\\ the \\ itself.',
      examples: ["backslash-in-a-text", "unfinished-u-escape"],
    },
    (isUnicode: boolean) =>
      isUnicode
        ? [
            "\\u must be followed by four hexadecimal digits",
            "Write the character itself, or \\u and four of 0-9 and a-f. Write \\\\ for a \\.",
          ]
        : ["Unknown escape: the letter after this \\ has no meaning", "Write \\\\ for a \\."],
  ),
  halfCharacter: rule(
    {
      title: "Half a character",
      explanation: "Some characters, such as emoji, are two codes (\\ud83d\\ude00), and one of them is missing.",
      examples: ["half-a-character"],
    },
    () => ["This text contains half a character", "Write the whole character."],
  ),
  hiddenCharacter: rule(
    {
      title: "A control character",
      explanation:
        "Control characters break programs that read the data, and direction characters make text look like something else. Write a tab as \\t and a line break as \\n.",
      examples: ["control-character-in-a-text", "text-that-is-turned-around"],
    },
    (found: string) => [`This text contains ${characterName(found)}`, "Delete it."],
  ),
  damagedText: rule(
    {
      title: "Damaged text",
      explanation:
        "A program read the text in another encoding than it was written in, or lost a character. Text that can never be right is a problem; text that only looks wrong, such as Ã© for é, is a warning.",
      examples: ["windows-apostrophe-in-a-text", "lost-character-in-a-text", "lone-carriage-return-in-a-text"],
    },
    ({ found, suggestion, isCertain }: Damage) => [
      isCertain || suggestion === ""
        ? `This text contains ${suggestion === "" ? `${characterName(found)}, which is invisible` : damageName(found)}`
        : `This text contains ${quote(found)}, which looks like text in another encoding`,
      suggestion === undefined
        ? "Look up the text in its source."
        : suggestion === ""
          ? "Delete it."
          : suggestion === "\n"
            ? "Write line breaks as \\n."
            : isCertain
              ? `Did you mean ${quote(suggestion)}?`
              : `If so, write ${quote(suggestion)}.`,
    ],
  ),
  comment: rule(
    {
      title: "A comment",
      explanation: "JSON has no comments. Explain a change in the commit message or the pull request.",
      examples: ["comment", "comment-between-records"],
    },
    () => ["JSON has no comments", "Remove it; write what readers should know in a column."],
  ),
  nameTwice: rule(
    {
      title: "The same name twice",
      explanation: "Programs keep only one of the two values, and not all keep the same one.",
      examples: ["same-column-twice"],
    },
    (name: string, first: string) => [`${quote(name)} occurs twice in this object (first ${first})`, "Keep one."],
  ),
  lowerCase: rule(
    { title: "True and False", explanation: "They are written in lower case.", examples: ["true-with-a-capital"] },
    (found: string) => [`${found} must be in lower case`, `Write ${found.toLowerCase()}.`],
  ),
  noValue: rule(
    {
      title: "NaN, None and undefined",
      explanation: "Leave out what is not known, together with its name.",
      examples: ["nan-for-not-known"],
    },
    (found: string) => [`${found} is not a JSON value`, "Write a value, or remove the name before it: leave out what is not known."],
  ),
  thousands: rule(
    { title: "Commas in a number", explanation: "In JSON a comma ends the number.", examples: ["number-with-thousands"] },
    (found: string) => [
      `${found.includes(",") ? "Commas" : "Spaces"} in this number: ${truncate(found)}`,
      `Write ${truncate(found.replaceAll(/[, ]/g, ""))}.`,
    ],
  ),
  numberForm: rule(
    {
      title: "An invalid number",
      explanation: "Numbers are digits, with a point before the fraction.",
      examples: ["number-with-a-plus"],
    },
    (found: string) => [
      `${truncate(found)} is not a valid number`,
      /^-?\d+,\d+$/.test(found)
        ? `Write ${truncate(found.replace(",", "."))}, with a point.`
        : "Write it like 1200 or 0.5: no leading zeros, no +, no thousands separators.",
    ],
  ),
  tooManyDigits: rule(
    {
      title: "A number with too many digits",
      explanation: "Most programs keep only 15 digits of a number, and change the rest silently.",
      examples: ["number-that-is-too-large", "number-beyond-all-numbers", "number-close-to-zero"],
    },
    (found: string, read: number) =>
      read === 0 || !Number.isFinite(read)
        ? [
            `${truncate(found)} is too ${read === 0 ? "close to zero" : "large"} for a number; programs would read it as ${read}`,
            "Correct it, or use text if the column allows it.",
          ]
        : [`Too many digits: ${truncate(found)} would be read as ${read}`, "Write at most 15 digits, or use text if the column allows it."],
  ),
  unexpected: rule(
    {
      title: "An unexpected character",
      explanation: "Compare the line with one of another record.",
      examples: [
        "sign-that-means-nothing",
        "no-break-space-between",
        "zero-width-space-after-a-word",
        "backtick-for-a-quote",
        "guillemets-for-quotes",
        "full-width-colon",
      ],
    },
    (found: string | undefined) => {
      if (found === undefined) return ["Unexpected text in a record", "Compare with another record."];
      const suggestion = jsonSymbolForCharacter(found);
      if (suggestion !== undefined) return [`Unexpected ${characterName(found, false)}`, `Write ${suggestion} instead.`];
      if (isInvisibleCharacter(found))
        return [`Unexpected ${characterName(found, false)}`, "Delete it; use only plain spaces outside of texts."];
      return [`Unexpected ${characterName(found, false)}`, "Remove it, or compare with another record."];
    },
  ),
  noList: rule(
    {
      title: "Not a list",
      explanation: "A file of records is a list in [ ], even with a single record.",
      examples: ["record-without-a-list", "two-records-without-a-list", "table-of-a-spreadsheet", "list-in-an-object", "record-a-line"],
    },
    // `start`: how the file starts.
    (start: string) => {
      if (!start.startsWith("{")) return ["The file must be a list of records", 'Write records as JSON: [ { "name": value, … }, … ].'];
      const message = "The file must be a list of records, but starts with {";
      const [, key] = /^\{\s*"([^"\\]{1,60})"\s*:\s*\{/.exec(start) ?? [];
      if (key !== undefined)
        return [
          message,
          `If "${truncate(key)}" names a record, write that name as a column of the record, and the records as a list: [ { … }, { … } ]. If this is one record, add [ before it and ] after it.`,
        ];
      const [, name] = /^\{\s*"([^"\\]{1,60})"\s*:\s*\[\s*\{/.exec(start) ?? [];
      if (name !== undefined)
        return [
          message,
          `If "${truncate(name)}" is the list of records, write that list alone. If this is one record, add [ before it and ] after it.`,
        ];
      if (/^\{.*\}[ \t]*\r?\n\s*\{/.test(start))
        return [message, "Add [ before the first record, ] after the last, and a comma after each of the others."];
      return [message, "Add [ before the first record and ] after the last."];
    },
  ),
  lfsPointer: rule(
    {
      title: "A pointer of Git LFS",
      explanation: "Releases are built from the files that git itself stores.",
      examples: ["pointer-of-git-lfs", "pointer-of-git-lfs-for-the-columns"],
    },
    () => [
      "This is a pointer of Git LFS, not the file that it points to",
      "Take the file out of Git LFS (git lfs migrate export): releases are built from the files that git itself stores.",
    ],
  ),
  emptyFile: rule(
    {
      title: "An empty file",
      explanation: "A table without records is an empty list.",
      examples: ["empty-file", "empty-dataset-description"],
    },
    (isTable: boolean) => [
      "The file is empty",
      isTable ? "Write a list of records ([] for none), or delete the file." : "Restore its content.",
    ],
  ),
  byteOrderMark: rule(
    {
      title: "A byte order mark",
      explanation: "Some editors add invisible bytes at the start. `factpress check --fix` removes them.",
      examples: ["byte-order-mark"],
    },
    () => ["The file starts with a byte order mark", "Save it as UTF-8 without BOM."],
  ),
  notUtf8: rule(
    {
      title: "Not UTF-8",
      explanation: "The file was saved in another encoding, which writes accented letters as other bytes. Choose UTF-8 when you save.",
      examples: ["not-utf-8", "utf-16", "utf-16-without-a-mark"],
    },
    (whole: boolean) =>
      whole ? ["The file is not UTF-8", "Save it as UTF-8 without BOM."] : ["This is not UTF-8", "Save the file as UTF-8."],
  ),
};
