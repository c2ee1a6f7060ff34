import { describe, expect, it } from "vitest";
import { jsonRules } from "../../../lib/diagnostics/rules/json-rules.ts";
import type { Wording } from "../../../lib/diagnostics/rules/rule.ts";
import { syntaxError } from "../../../lib/json/syntax-error.ts";

/** Texts with ¦ at the error, and the problem reported there. */
const CASES: readonly [text: string, wording: Wording][] = [
  ["¦", jsonRules.emptyFile(false)],
  ["¦ \n", jsonRules.emptyFile(false)],
  ['{"a": 1,\n¦<<<<<<< HEAD\n"b": 2}', jsonRules.mergeConflict()],
  ['{"a": 1\n¦=======\n}', jsonRules.mergeConflict()],
  ["{\n¦>>>>>>> branch\n}", jsonRules.mergeConflict()],
  ["{\n¦||||||| base\n}", jsonRules.mergeConflict()],
  ['{"a": "x¦\ty"}', jsonRules.controlCharacter(true, false)],
  ['{"a": ¦"x\ny"}', jsonRules.openText()],
  ['{"a": "x¦\u0001y"}', jsonRules.controlCharacter(false, false)],
  ['{"a":¦\u0001 1}', jsonRules.unexpected("\u0001")],
  ['{"a": "\\"¦\ty"}', jsonRules.controlCharacter(true, false)],
  ['{"a": 1 ¦// why\n}', jsonRules.comment()],
  ['{¦/* why */ "a": 1}', jsonRules.comment()],
  ['{¦# why\n"a": 1}', jsonRules.comment()],
  ['{"a": ¦“x”}', jsonRules.curlyQuotes("“")],
  ["{¦‘a’: 1}", jsonRules.curlyQuotes("‘")],
  ['{"a"¦：1}', jsonRules.unexpected("：")],
  ['{"a": 1¦\u200b}', jsonRules.unexpected("\u200b")],
  ["{\"a\": ¦'x'}", jsonRules.singleQuotes("x")],
  ['{"a": 1¦,}', jsonRules.trailingComma("}", false)],
  ['{"a": 1¦, \n}', jsonRules.trailingComma("}", false)],
  ['{"a": [1¦,]}', jsonRules.trailingComma("]", false)],
  ['{"a": 1,¦, "b": 2}', jsonRules.doubled("comma", "here")],
  ['{"a":¦: 1}', jsonRules.doubled("colon", "here")],
  ['{"a": [1¦}', jsonRules.missingBracket("[", 1, "}")],
  ['{"a": [{"b": 1¦]}', jsonRules.missingBracket("{", 1, "]")],
  ['{"a": [1, ¦"b": 2}', jsonRules.missingBracket("[", 1, '"b"')],
  ['¦"a": 1}', jsonRules.missingOpening("a")],
  ['{"a": ¦"b": 1}', jsonRules.missingOpening("b")],
  ['{¦"a: "x"}', jsonRules.openName("a")],
  ['{"a": {"b": 1,¦{"c": 2}}', jsonRules.missingBracket("{", 1, "{")],
  ['{¦, "a": 1}', jsonRules.leadingComma("object")],
  ['{"a": [¦, 1]}', jsonRules.leadingComma("list")],
  ['{"a": 1}¦}', jsonRules.bracketTooMany("}")],
  ['{"a": 1}¦]', jsonRules.bracketTooMany("]")],
  ['{"a": 1} ¦{"b": 1}', jsonRules.betweenRecords(true)],
  ['{"a": 1} ¦5', jsonRules.betweenRecords(false)],
  ['{"a": "he said "¦no" to it"}', jsonRules.quoteInText()],
  ['{"a" ¦= 1}', jsonRules.wrongSymbol("=", ":")],
  ['{"a" ¦; 1}', jsonRules.wrongSymbol(";", ":")],
  ['{"a": 1¦; "b": 2}', jsonRules.wrongSymbol(";", ",")],
  ['{"a": 1 ¦. "b": 2}', jsonRules.wrongSymbol(".", ",")],
  ['{"a": ¦, "b": 1}', jsonRules.missingValue()],
  ['{"a": ¦}', jsonRules.missingValue()],
  ['{"a": ¦12,345}', jsonRules.thousands("12,345")],
  ['{"a": ¦1,234,567, "b": 1}', jsonRules.thousands("1,234,567")],
  ['{"a": ¦12,5, "b": 1}', jsonRules.numberForm("12,5")],
  ['{"a": ¦-0,25\n}', jsonRules.numberForm("-0,25")],
  ['{"a": 12,¦5: 1}', jsonRules.noQuotes("5")],
  ['{"a": ¦1 900, "b": 1}', jsonRules.thousands("1 900")],
  ['{"a": ¦-12 345 678}', jsonRules.thousands("-12 345 678")],
  ['{"a": [1 ¦900]}', jsonRules.missingComma()],
  ['{"a": "12" ¦inch disc", "b": 1}', jsonRules.quoteInText()],
  ['{"a": "12" ¦b": 1}', jsonRules.noQuotes("b")],
  ['{"a": "x¦\t"}', jsonRules.controlCharacter(true, true)],
  ['{"¦\ta": "x"}', jsonRules.controlCharacter(true, true)],
  ['{¦<!-- why -->\n"a": 1}', jsonRules.comment()],
  ['{"a": ¦True}', jsonRules.lowerCase("True")],
  ['{"a": ¦FALSE}', jsonRules.lowerCase("FALSE")],
  ['{"a": ¦NaN}', jsonRules.noValue("NaN")],
  ['{"a": ¦-Infinity}', jsonRules.noValue("-Infinity")],
  ['{"a": ¦None}', jsonRules.noValue("None")],
  ['{"a": ¦n/a}', jsonRules.noValue("n/a")],
  ['{"a": ¦2020-09-15}', jsonRules.noQuotes("2020-09-15")],
  ['{"a": ¦2020/2021}', jsonRules.noQuotes("2020/2021")],
  ['{"a": ¦+5}', jsonRules.numberForm("+5")],
  ['{"a": ¦.5}', jsonRules.numberForm(".5")],
  ['{"a": ¦0x1F}', jsonRules.numberForm("0x1F")],
  ['{"a": ¦1_000}', jsonRules.numberForm("1_000")],
  ['{"a": ¦some words}', jsonRules.noQuotes("some words")],
  ['{"a": ¦14 pages, "b": 1}', jsonRules.noQuotes("14 pages")],
  ["{¦a: 1}", jsonRules.noQuotes("a")],
  ['{"a" ¦1}', jsonRules.missingColon()],
  ['{"a": 1 ¦"b": 2}', jsonRules.missingComma()],
  ['{"a": [1 ¦2]}', jsonRules.missingComma()],
  ['{"a": [{} ¦{}]}', jsonRules.missingComma()],
  ["{¦: 1}", jsonRules.missingName()],
  ['{"a": 1, ¦: 2}', jsonRules.missingName()],
  ['{"a": ¦"\\x"}', jsonRules.backslash(false)],
  ['{"a": ¦"\\u12"}', jsonRules.backslash(true)],
  ["{¦1: 2}", jsonRules.noQuotes("1")],
  ['{"a": ¦012}', jsonRules.numberForm("012")],
  ['{"a": [-1.5e3 ¦-2.5]}', jsonRules.missingComma()],
  ['{"a": ["x", "y"¦; "z"]}', jsonRules.wrongSymbol(";", ",")],
  ['{"a": 1, "b"¦; 2}', jsonRules.wrongSymbol(";", ":")],
  ['¦{"a": 1', jsonRules.openBracket("{")],
  ['¦{"a": [1, 2', jsonRules.openBracket("{")],
  ['{"a": ¦&}', jsonRules.unexpected("&")],
];

describe("syntaxError", () => {
  it.each(CASES)("of %j", (marked, wording) => {
    const offset = marked.indexOf("¦");
    const text = marked.replace("¦", "");
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    const { offset: found, ...said } = syntaxError(text);
    expect([said, found]).toEqual([wording, offset]);
  });

  it("counts lines from the line where the text starts in its file", () => {
    expect(syntaxError('{"a":\n[1}', 7)).toMatchObject(jsonRules.missingBracket("[", 8, "}"));
    expect(syntaxError('{"a": 1,\n\n"b": [1\n}', 1)).toMatchObject(jsonRules.missingBracket("[", 3, "}"));
  });

  it("reports an unmatched bracket only if more text follows", () => {
    expect(syntaxError('{"a": 1]', 1, false)).toMatchObject(jsonRules.bracketTooMany("]"));
    expect(syntaxError('{"a": 1]', 1, true)).toMatchObject(jsonRules.missingBracket("{", 1, "]"));
    expect(syntaxError('{"a": [1}', 1, false)).toMatchObject(jsonRules.missingBracket("[", 1, "}"));
  });

  it("finds by indentation where a bracket should have been closed", () => {
    const text = '{\n  "a": {\n    "b": 1,\n  "c": [1, 2}\n}';
    expect(syntaxError(text)).toEqual({ offset: text.indexOf('"c"'), ...jsonRules.missingBracket("{", 2, "") });
  });

  it("looks only near the error in a long text", () => {
    const long = "x".repeat(1_000);
    const text = `{"a": "${long}", "b": ${long}, "c": 1}`;
    const { offset, message } = syntaxError(text);
    expect(offset).toBe(text.indexOf("b") + 4);
    expect(message.length).toBeLessThan(200);
  });
});
