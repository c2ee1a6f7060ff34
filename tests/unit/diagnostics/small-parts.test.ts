import { describe, expect, it } from "vitest";
import { describePattern } from "../../../lib/diagnostics/describe-pattern.ts";
import { findHiddenCharacter } from "../../../lib/diagnostics/find-hidden-character.ts";
import { nearestName } from "../../../lib/diagnostics/nearest-name.ts";
import { pointerPath } from "../../../lib/diagnostics/pointer-path.ts";
import { compareProblems, fileProblem, internalProblem, wordedProblem } from "../../../lib/diagnostics/problem.ts";
import { columnExample } from "../../../lib/diagnostics/rules/column-example.ts";
import { columnSummary } from "../../../lib/diagnostics/rules/column-summary.ts";
import { expectedValue } from "../../../lib/diagnostics/rules/expected-value.ts";
import { listValues } from "../../../lib/diagnostics/rules/list-values.ts";
import { parenthesized } from "../../../lib/diagnostics/rules/parenthesized.ts";
import { quote } from "../../../lib/diagnostics/rules/quote.ts";
import { rule } from "../../../lib/diagnostics/rules/rule.ts";
import { truncate } from "../../../lib/diagnostics/rules/truncate.ts";
import { undecidedProblem } from "../../../lib/diagnostics/undecided-problem.ts";

describe("describePattern", () => {
  it.each([
    ["^[A-Z]{2}-[0-9]{1,3}$", '2 capital letters, then "-", then 1 to 3 digits'],
    ["^\\d+$", "one or more digits"],
    ["^\\d$", "1 digit"],
    ["^[a-z]*$", "any number of small letters"],
    ["^[a-z]?$", "at most one small letter"],
    ["^[a-z0-9]{3,}$", "3 or more small letters or digits"],
    ["^[A-Za-z0-9_-]{4}$", "4 small letters, capital letters, digits, _ or -"],
    ["^Q[0-9]+$", '"Q", then one or more digits'],
    ["^AB\\.$", '"AB."'],
    ["^[xy]$", "1 x or y"],
    ["^[x]$", "1 x"],
    ["^\\d{4}-\\d{2}$", '4 digits, then "-", then 2 digits'],
  ])("%s is: %s", (pattern, described) => {
    expect(describePattern(pattern)).toBe(described);
  });

  it.each(["", "^$", "abc", "^abc", "abc$", "^a+$", "^(a|b)$", "^[^a]$", "^[b-d]$", "^.$", "^\\w$", "^a{2}$"])(
    "leaves %j alone",
    (pattern) => {
      expect(describePattern(pattern)).toBeUndefined();
    },
  );
});

describe("findHiddenCharacter", () => {
  it("finds characters that take no room, but no joiners", () => {
    expect(findHiddenCharacter("a\u200bb")).toBe("\u200b");
    expect(findHiddenCharacter("\ufeffa\u00ad")).toBe("\ufeff");
    expect(findHiddenCharacter("\u034f")).toBe("\u034f");
    expect(findHiddenCharacter("👩\u200d🌾 می\u200cخواهم")).toBeUndefined();
    expect(findHiddenCharacter("plain text")).toBeUndefined();
  });
});

describe("nearestName", () => {
  const allowed = ["confirmed", "reported", "expected"];
  it.each<[string, readonly string[], string | undefined]>([
    ["confimed", allowed, "confirmed"],
    ["Confirmed ", allowed, "confirmed"],
    ["conf", allowed, "confirmed"],
    ["con", allowed, "confirmed"],
    ["co", allowed, undefined],
    ["zzz", allowed, undefined],
    ["", allowed, undefined],
    ["a", [], undefined],
    ["form", ["format", "formula"], "format"],
    ["foo", ["format", "formula"], undefined],
    ["on", ["no"], "no"],
    ["ab", ["xy"], undefined],
    ["ac", ["ab"], "ab"],
    ["x", ["y"], undefined],
    ["abcdef", ["abcxyz"], undefined],
    ["abcdef", ["abcdxy"], "abcdxy"],
    ["a".repeat(100), ["a".repeat(99)], undefined],
    ["a".repeat(99), ["a".repeat(98)], "a".repeat(98)],
  ])("of %j among %j is %s", (found, names, nearest) => {
    expect(nearestName(found, names)).toBe(nearest);
  });
});

describe("pointerPath", () => {
  it("is the names of a JSON pointer, with its escapes undone", () => {
    expect(pointerPath("#/$defs/a~1b/c~0d/e~01")).toEqual(["$defs", "a/b", "c~d", "e~1"]);
    expect(pointerPath("/a/0")).toEqual(["a", "0"]);
    expect(pointerPath("")).toEqual([]);
    expect(pointerPath("#")).toEqual([]);
  });
});

describe("problems", () => {
  const at = (file: string, line: number, column: number) => ({ file, line, column, message: "m" });
  it("are ordered by file, line and column", () => {
    const ordered = [at("a", 1, 1), at("a", 1, 2), at("a", 2, 1), at("a", 10, 1), at("b", 0, 0)];
    expect([...ordered].reverse().sort(compareProblems)).toEqual(ordered);
    expect(compareProblems(at("a", 1, 1), at("a", 1, 1))).toBe(0);
  });

  it("of a whole file have no line", () => {
    expect(fileProblem("a", "m")).toStrictEqual({ file: "a", line: 0, column: 0, message: "m" });
    expect(fileProblem("a", "m", "r")).toStrictEqual({ file: "a", line: 0, column: 0, message: "m", remedy: "r" });
    expect(wordedProblem("a", { rule: "x", message: "m" })).toStrictEqual({ file: "a", line: 0, column: 0, rule: "x", message: "m" });
  });

  it("of the code itself are no verdict", () => {
    const remedy = "This is a bug in Factpress. Please report it, with the dataset.";
    expect(internalProblem(new Error("x"))).toEqual({ message: "Internal error: x", remedy, couldNotTell: true });
    expect(internalProblem("y").message).toBe("Internal error: y");
  });

  it("are undecided if all are of checks that did not complete", () => {
    const undecided = { ...at("a", 1, 1), couldNotTell: true as const };
    expect(undecidedProblem([undecided, { ...undecided, line: 2 }])).toBe(undecided);
    expect(undecidedProblem([undecided, at("a", 1, 1)])).toBeUndefined();
    expect(undecidedProblem([])).toBeUndefined();
  });
});

describe("the wording of values", () => {
  it("is shortened after 80 characters", () => {
    expect(truncate("x".repeat(80))).toBe("x".repeat(80));
    expect(truncate("x".repeat(81))).toBe(`${"x".repeat(77)}…`);
    expect(quote("a")).toBe('"a"');
    expect(quote(undefined)).toBe("nothing");
    expect(quote({ a: [1, null] })).toBe('{"a":[1,null]}');
    expect(quote("x".repeat(200))).toBe(`"${"x".repeat(76)}…`);
    expect([parenthesized("a"), parenthesized(""), parenthesized(undefined)]).toEqual([" (a)", "", ""]);
  });

  it("lists up to 12 values in full, fewer of more beside a suggestion", () => {
    const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`);
    expect(listValues(["a", 1, null])).toBe("a, 1, null");
    expect(listValues(names(12))).toBe(names(12).join(", "));
    expect(listValues(names(12), true)).toBe(names(12).join(", "));
    expect(listValues(names(13), true)).toBe(`${names(8).join(", ")} and 5 more`);
    expect(listValues(names(30))).toBe(names(30).join(", "));
    expect(listValues(names(31))).toBe(`${names(30).join(", ")} and 1 more`);
  });

  it("of a column is its values, or its example and the first sentence of its description", () => {
    expect(expectedValue({ enum: ["a", "b"], description: "d" })).toBe(", one of: a, b");
    expect(expectedValue({ examples: ["x"], description: "What it is. More." } as never)).toBe(', such as "x" (What it is)');
    expect(expectedValue({ description: "What it is" })).toBe(" (What it is)");
    expect(expectedValue(undefined)).toBe("");
    expect(expectedValue({ enum: Array.from({ length: 13 }, (_, i) => i), description: "A number" })).toBe(" (A number)");
    expect([columnExample({ examples: [0, 1] } as never), columnExample({}), columnExample(undefined)]).toEqual([0, undefined, undefined]);
  });

  it("takes the first sentence of a description, at most 100 characters of it", () => {
    expect(columnSummary({ description: " The v. 2 of it.\nMore. " })).toBe("The v");
    expect(columnSummary({ description: "Version 1.2 of it. More" })).toBe("Version 1.2 of it");
    expect(columnSummary({ description: "Ends here." })).toBe("Ends here");
    expect([columnSummary({ description: " . " }), columnSummary({}), columnSummary(undefined)]).toEqual([undefined, undefined, undefined]);
    expect(columnSummary({ description: "x".repeat(100) })).toBe("x".repeat(100));
    const long = `${"word ".repeat(18)}these, are more than a hundred`;
    expect(columnSummary({ description: long })).toBe(`${"word ".repeat(18)}these …`);
  });
});

describe("rule", () => {
  it("words what was found, under an anchor made of its title", () => {
    const about = { title: "A column's name isn't (quite) right", explanation: "e", examples: ["x"] as [string] };
    const made = rule(about, (found: string) => [`found ${found}`, found === "a" ? "" : `not ${found}`]);
    expect({ ...made }).toMatchObject({ ...about, anchor: "a-columns-name-isnt-quite-right" });
    expect(made("b")).toStrictEqual({ rule: "a-columns-name-isnt-quite-right", message: "found b", remedy: "not b" });
    expect(made("a")).toStrictEqual({ rule: "a-columns-name-isnt-quite-right", message: "found a" });
  });
});
