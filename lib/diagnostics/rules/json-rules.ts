import { characterName, isInvisible, jsonSymbolFor } from "../characters.ts";
import type { Damage } from "../damaged-text.ts";
import { rule } from "./rule.ts";
import { quote, truncate } from "./wording.ts";

/** Longer words are shown by their start. */
const LONG = 60;

const CLOSING: Record<string, string> = { "{": "}", "[": "]" };

/** A damaged text in words, by its first character: nobody sees what is one. */
function damageName(found: string): string {
  if (found === "\r") return "a carriage return (U+000D) without a line feed";
  if (found === "\ufffd") return "a replacement character (U+FFFD), which stands for one that was lost";
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return [...found].length === 1 ? `a control character (${code})` : `bytes of another encoding (from ${code})`;
}

/** How a file is written, before anything is known of what it says. */
export const jsonRules = {
  mergeConflict: rule(
    {
      title: "A merge conflict",
      explanation: "Git found two versions of the same lines and left both for you to choose from.",
      examples: ["merge-conflict", "merge-conflict-between-records"],
    },
    () => [
      "A merge conflict was left here",
      "Keep what is right of both (two new records both stay: each in its own { }, a comma between), and delete the lines with <<<<<<<, ======= and >>>>>>>.",
    ],
  ),
  trailingComma: rule(
    {
      title: "A comma too many at the end",
      explanation: "Commas stand between things, and after the last one there is none. `factpress check --fix` takes it away.",
      examples: ["comma-before-a-brace", "comma-after-the-last-record"],
    },
    (closing: string, lastRecord: boolean) => [
      `There is a comma before the closing ${closing}`,
      lastRecord ? "Remove the comma after the last record." : "Remove the comma.",
    ],
  ),
  doubled: rule(
    {
      title: "Two commas, or two colons",
      explanation: "Between two things stands one comma, and between a name and its value one colon.",
      examples: ["two-commas-in-a-record", "two-commas-between-records", "two-colons"],
    },
    (sign: "comma" | "colon", between: "here" | "between records") => [`There are two ${sign}s ${between}`, `Remove one ${sign}.`],
  ),
  leadingComma: rule(
    {
      title: "A comma before the first",
      explanation: "Commas stand between things.",
      examples: ["comma-before-the-first-record", "comma-before-the-first-column"],
    },
    (what: "list" | "object") => [`The ${what} starts with a comma`, "Remove the comma."],
  ),
  missingComma: rule(
    { title: "A missing comma", explanation: "After each value, and before the next name, stands a comma.", examples: ["missing-comma"] },
    () => ["A comma is missing before this", "Put a comma after what stands before it."],
  ),
  betweenRecords: rule(
    {
      title: "A missing comma between records",
      explanation: "Between the } of one record and the { of the next stands a comma, and nothing else.",
      examples: ["missing-comma-between-records"],
    },
    (isRecord: boolean) =>
      isRecord
        ? ["A comma is missing between two records", "Put a comma after the } before this."]
        : ["Something stands here after the end of a record", "Remove it; between two records stands one comma."],
  ),
  missingColon: rule(
    { title: "A missing colon", explanation: "A name and its value have a colon between them.", examples: ["missing-colon"] },
    () => ["A colon is missing before this", 'Between a name and its value stands a colon: "name": value.'],
  ),
  wrongSign: rule(
    {
      title: "Another sign for a colon or a comma",
      explanation: "Between a name and its value stands a colon, between two of them a comma.",
      examples: ["equals-for-a-colon", "semicolon-for-a-comma"],
    },
    (found: string, suggestion: string) => [
      `There is a ${found} where a ${suggestion === ":" ? "colon" : "comma"} belongs`,
      `Write ${suggestion} instead.`,
    ],
  ),
  missingName: rule(
    { title: "A missing name", explanation: "In braces each value has a name, in quotes.", examples: ["missing-name"] },
    () => ["A name is missing here", 'Names stand in quotes before a colon: "name": value.'],
  ),
  missingValue: rule(
    { title: "A missing value", explanation: "After a name and its colon stands a value.", examples: ["missing-value"] },
    () => ["A value is missing here", "Write it, or remove the name before it."],
  ),
  missingBracket: rule(
    {
      title: "A missing bracket",
      explanation:
        "Every { has its } and every [ its ]. The place is where the check found that one must be missing; it belongs before that.",
      examples: [
        "missing-brace-at-the-end",
        "missing-brace-between-records",
        "missing-brace-of-a-value",
        "missing-bracket-of-a-list-in-a-record",
        "missing-bracket-before-a-name",
      ],
    },
    (open: string, line: number, before: string) => [
      `A closing ${CLOSING[open]} is missing before this${before && ` ${before}`}`,
      before === "{" ? "Close the record above with }, and put a comma after it." : `Close the ${open} of line ${line}.`,
    ],
  ),
  missingOpening: rule(
    {
      title: "A missing opening brace",
      explanation: "A record starts with {, and so does every value that is made of names and values.",
      examples: ["missing-opening-brace-of-a-record", "missing-opening-brace-of-a-value"],
    },
    (name: string) => [`An opening { is missing before "${name}"`, "Put a { before it."],
  ),
  openBracket: rule(
    {
      title: "The file breaks off",
      explanation: "The file ends in the middle of something; perhaps it was not copied whole.",
      examples: ["file-that-breaks-off"],
    },
    (open: string) => [`The file ends before this ${open} is closed`, "Complete it: each { needs its }, each [ its ]."],
  ),
  openList: rule(
    {
      title: "The list is not closed",
      explanation: "A file of records is one list: it ends with ].",
      examples: ["missing-bracket-at-the-end"],
    },
    () => ["The list of records is not closed", "End the file with ]."],
  ),
  bracketTooMany: rule(
    {
      title: "A bracket too many",
      explanation: "Every } has its { before it, and every ] its [.",
      examples: ["brace-too-many", "missing-opening-bracket-of-a-list"],
    },
    (closing: string) => {
      const opening = closing === "}" ? "{" : "[";
      return [`There is a closing ${closing} without an opening ${opening}`, `Remove it, or add the ${opening} that is missing.`];
    },
  ),
  afterList: rule(
    {
      title: "The list ends too early",
      explanation: "A file of records is one list, and everything stands in it.",
      examples: ["text-after-the-end", "stray-text-after-the-end"],
    },
    (isMore: boolean) => ["The list ends before this", isMore ? "Move the ] to the end of the file." : "Remove what stands after the ]."],
  ),
  tooDeep: rule(
    {
      title: "Brackets in brackets in brackets",
      explanation: "No record needs so many: mostly closing ones are missing.",
      examples: ["brackets-without-end"],
    },
    (most: number) => [`This is nested deeper than ${most} brackets`, "Close the brackets before it; no record needs so many."],
  ),
  noQuotes: rule(
    {
      title: "A word without quotes",
      explanation: "Names, words and dates stand in double quotes; only numbers, true and false do not.",
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
        ? [`${found.slice(0, LONG)}… stands here without quotes`, "Put it in double quotes."]
        : [`${found} stands here without quotes`, `Write "${found}".`],
  ),
  openName: rule(
    {
      title: "A name without its closing quote",
      explanation: "A name stands in quotes, and the colon after them.",
      examples: ["name-without-its-closing-quote"],
    },
    (name: string) => ["A closing quote is missing after this name", `Write "${name}": and the value in quotes of its own.`],
  ),
  singleQuotes: rule(
    { title: "Single quotes", explanation: "Text stands in double quotes.", examples: ["single-quotes"] },
    (inside: string) => ["There are single quotes here", `Use double ones: "${inside}".`],
  ),
  curlyQuotes: rule(
    {
      title: "Curly quotes",
      explanation:
        "Word processors put them in place of the straight ones. `factpress check --fix` puts them right, except inside a text, where they may stay.",
      examples: ["curly-quotes"],
    },
    (found: string) => [`This is a curly quote: ${found}`, 'Use the straight one: ".'],
  ),
  openText: rule(
    {
      title: "A text without its closing quote",
      explanation: "A text starts and ends with a straight double quote, on one line.",
      examples: ["missing-closing-quote", "line-break-in-a-text", "curly-quote-at-the-end-only"],
    },
    () => ["This text is not closed on its line", 'Add the closing ", a straight one. A line break inside a text is written \\n.'],
  ),
  quoteInText: rule(
    {
      title: "Quotes inside a text",
      explanation: "A straight quote ends the text; one that belongs to it has a \\ before it. Curly ones need none.",
      examples: ["quote-in-a-text"],
    },
    () => ["The text ends at the quote before this", 'Write \\" for a quote inside a text.'],
  ),
  controlCharacter: rule(
    {
      title: "An invisible character",
      explanation: "It came with something that was copied; programs stumble over it.",
      examples: ["tab-in-a-text", "invisible-character-in-a-text"],
    },
    (isTab: boolean) =>
      isTab
        ? ["There is a tab inside this text", "Write a space instead."]
        : ["There is an invisible character inside this text", "Delete it, and the characters beside it if need be."],
  ),
  backslash: rule(
    {
      title: "A backslash in a text",
      explanation: 'A \\ makes something else of the letter after it: \\n is a line break, \\" a quote, \\\\ the \\ itself.',
      examples: ["backslash-in-a-text", "unfinished-u-escape"],
    },
    (isUnicode: boolean) =>
      isUnicode
        ? [
            "A \\u in this text is not followed by four hexadecimal digits",
            "Write the character itself, or four of 0-9 and a-f after the \\u. Write \\\\ for a \\.",
          ]
        : ["A \\ in this text is followed by a letter that means nothing after it", "Write \\\\ for a \\."],
  ),
  halfCharacter: rule(
    {
      title: "Half of a character",
      explanation: "Some characters, such as emoji, are made of two codes (\\ud83d\\ude00), and one of them is missing.",
      examples: ["half-a-character"],
    },
    () => ["This text holds half of a character", "Write the whole character."],
  ),
  hiddenCharacter: rule(
    {
      title: "A character that hides",
      explanation:
        "Control characters break programs that read the data, and characters that turn the direction of text make it read as something else than it is. Tabs and line breaks may stand in a text, written \\t and \\n.",
      examples: ["control-character-in-a-text", "text-that-is-turned-around"],
    },
    (found: string) => [`This text holds ${characterName(found)}`, "Delete it."],
  ),
  damagedText: rule(
    {
      title: "Damaged text",
      explanation:
        "A program read the text in another encoding than it was written in, or lost a character. Where it can never be right it is a problem; where it only looks wrong, such as Ã© for é, it is a warning and the check does not fail.",
      examples: ["windows-apostrophe-in-a-text", "lost-character-in-a-text", "lone-carriage-return-in-a-text"],
    },
    ({ found, suggestion, isCertain }: Damage) => [
      isCertain ? `This text holds ${damageName(found)}` : `This text holds ${quote(found)}, which looks like text in another encoding`,
      suggestion === undefined
        ? "Look up in the source what was meant, and write that."
        : suggestion === "\n"
          ? "Write line breaks as \\n."
          : `${isCertain ? "Probably" : "If so,"} ${quote(suggestion)} was meant: write that.`,
    ],
  ),
  comment: rule(
    {
      title: "A comment",
      explanation: "JSON has no comments. What only you need goes into the commit message or the pull request.",
      examples: ["comment", "comment-between-records"],
    },
    () => ["A comment cannot stand here", "Remove it; what readers should know goes into a column."],
  ),
  nameTwice: rule(
    { title: "The same name twice", explanation: "Programs take one of the two, and nobody knows which.", examples: ["same-column-twice"] },
    (name: string, first: string) => [`${quote(name)} stands twice in this object (first ${first})`, "Keep one of them."],
  ),
  smallLetters: rule(
    { title: "True and False", explanation: "They are written in small letters.", examples: ["true-with-a-capital"] },
    (found: string) => [`${found} is written with small letters`, `Write ${found.toLowerCase()}.`],
  ),
  noValue: rule(
    { title: "NaN, None and undefined", explanation: "What is not known is left out, with its name.", examples: ["nan-for-not-known"] },
    (found: string) => [
      `${found} is not a value that can be written here`,
      "Write a value, or remove the name before it: what is not known is left out.",
    ],
  ),
  thousands: rule(
    { title: "Commas in a number", explanation: "A comma ends the number.", examples: ["number-with-thousands"] },
    (found: string) => [`There are commas in this number: ${truncate(found)}`, `Write ${truncate(found.replaceAll(",", ""))}.`],
  ),
  numberForm: rule(
    {
      title: "A number in another form",
      explanation: "Numbers are written in digits, with a point before the fraction.",
      examples: ["number-with-a-plus"],
    },
    (found: string) => [
      `${truncate(found)} is not written as a number is`,
      "Write it like 1200 or 0.5, without leading zeros, + or signs between the thousands.",
    ],
  ),
  tooManyDigits: rule(
    {
      title: "A number with too many digits",
      explanation: "Most programs keep 15 digits of a number and change the rest silently.",
      examples: ["number-that-is-too-large"],
    },
    (found: string, read: number) => [
      `${truncate(found)} cannot be kept exactly: programs would read ${read}`,
      "Write it with at most 15 digits, or as text where text can stand.",
    ],
  ),
  unexpected: rule(
    {
      title: "Something that JSON does not know",
      explanation: "Compare the line with one of a record beside it.",
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
      if (found === undefined) return ["There is something here that does not belong in a record", "Compare with a record beside it."];
      const suggestion = jsonSymbolFor(found);
      if (suggestion !== undefined) return [`There is ${characterName(found)} here`, `Write ${suggestion} instead.`];
      if (isInvisible(found)) return [`There is ${characterName(found)} here`, "Delete it: between things stand plain spaces only."];
      return [`There is ${characterName(found)} here, which does not belong in a record`, "Remove it, or compare with a record beside it."];
    },
  ),
  noList: rule(
    {
      title: "No list",
      explanation: "A file of records is a list, in brackets even where there is one record.",
      examples: ["record-without-a-list", "two-records-without-a-list", "table-of-a-spreadsheet"],
    },
    (startsWithRecord: boolean) =>
      startsWithRecord
        ? ["The file starts with { and not with a list of records", "Put [ before the first record and ] after the last."]
        : ["The file does not start with a list of records", 'Write records as JSON: [ { "name": value, … }, … ].'],
  ),
  emptyFile: rule(
    {
      title: "An empty file",
      explanation: "A table without records is an empty list.",
      examples: ["empty-file", "empty-dataset-description"],
    },
    (isTable: boolean) => [
      "The file is empty",
      isTable ? "Write a list of records, [] where there are none, or delete the file." : "Put back what stood in it.",
    ],
  ),
  byteOrderMark: rule(
    {
      title: "A byte order mark",
      explanation: "Some editors put invisible bytes at the start. `factpress check --fix` takes them away.",
      examples: ["byte-order-mark"],
    },
    () => ["The file starts with an invisible byte order mark", "Save it as UTF-8 without BOM."],
  ),
  notUtf8: rule(
    {
      title: "Not UTF-8",
      explanation:
        "The file was saved in another encoding, in which letters with accents are other bytes. Choose UTF-8 where your editor saves.",
      examples: ["not-utf-8", "utf-16"],
    },
    (whole: boolean) =>
      whole ? ["The file is not UTF-8", "Save it as UTF-8 without BOM."] : ["This is not UTF-8", "Save the file as UTF-8."],
  ),
};
