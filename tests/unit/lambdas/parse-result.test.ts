import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { CommitReport } from "../../../lambdas/validate/check-changed-datasets.ts";
import { parseResult, resultLines } from "../../../lambdas/validate/parse-result.ts";
import type { Problem } from "../../../lib/diagnostics/problem.ts";
import type { Verdict } from "../../../lib/ports/forge.ts";

const SHA = "a".repeat(40);
const problem = (line: number, message = "Wrong"): Problem => ({ file: "data/d/t.json", line, column: 1, message, remedy: "Fix it" });
const reportWith = (verdict: Partial<Verdict>): CommitReport => ({
  verdict: { conclusion: "failure", title: "1 problem", summary: "", problems: [problem(1)], problemCount: 1, ...verdict },
  comment: "**d**: 1 problem",
  datasets: ["d"],
});
const linesOf = (value: unknown): string[] => [`factpress-result 1/1 ${gzipSync(JSON.stringify(value)).toString("base64")}`];

describe("the result of a check in the log of its build", () => {
  it("is read as it was written, in any surrounding text, script and length", () => {
    // Random text is as long compressed as not.
    const noise = Array.from({ length: 2_000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7_919) % 20_000))).join("");
    const report = reportWith({ problems: [problem(1, `${noise}\nfactpress-result 1/1 AAAA`)], warnings: [problem(2, "בדיקה")] });
    const lines = resultLines({ sha: SHA, report });
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => line.length < 5_000 && !line.includes("\n"))).toBe(true);
    const log = ["[Container] Running", ...lines.map((line) => `${line}\n`), "[Container] Phase complete"];
    expect(parseResult(log, SHA)).toEqual(report);
    expect(parseResult(log.toReversed(), SHA)).toEqual(report);
    expect(parseResult([log.join("\n")], SHA)).toEqual(report);
  });

  it("keeps the first problems of many, or only their count if even those are too long", () => {
    const many = Array.from({ length: 2_000 }, (_, i) => problem(i + 1));
    const read = parseResult(resultLines({ sha: SHA, report: reportWith({ problems: many, problemCount: 2_000 }) }), SHA);
    expect(read?.verdict).toMatchObject({ problemCount: 2_000, problems: many.slice(0, 500) });
    const long = many.map(({ line }) => problem(line, "x".repeat(1_000_000))).slice(0, 20);
    expect(parseResult(resultLines({ sha: SHA, report: reportWith({ problems: long, problemCount: 20 }) }), SHA)?.verdict).toMatchObject({
      problemCount: 20,
      problems: [],
    });
  });

  it("truncates texts that are too long for a forge", () => {
    const report = { ...reportWith({ summary: "s".repeat(5_000_000) }), comment: "c".repeat(5_000_000) };
    const read = parseResult(resultLines({ sha: SHA, report }), SHA);
    expect([read?.verdict.summary, read?.comment]).toEqual(["s".repeat(70_000), "c".repeat(70_000)]);
  });

  it.each<[string, string[]]>([
    ["there is none", ["[Container] Running"]],
    ["a line of it is missing", ["factpress-result 1/2 AAAA"]],
    ["it is about another commit", resultLines({ sha: "b".repeat(40), report: reportWith({}) })],
    ["it is no gzip", ["factpress-result 1/1 AAAA"]],
    ["it is larger than any result once it is unpacked", linesOf({ sha: SHA, report: "x".repeat(5 * 1024 * 1024) })],
    ["it is not JSON", [`factpress-result 1/1 ${gzipSync("{").toString("base64")}`]],
    ["it holds no report", linesOf({ sha: SHA })],
    ["it is neither a success nor a failure", linesOf({ sha: SHA, report: reportWith({ conclusion: "neutral" }) })],
    ["it accepts what has problems", linesOf({ sha: SHA, report: reportWith({ conclusion: "success" }) })],
    ["a problem names no place", linesOf({ sha: SHA, report: reportWith({ problems: [{ message: "Wrong" } as Problem] }) })],
    ["a warning is no problem", linesOf({ sha: SHA, report: { ...reportWith({ warnings: [1] as never }) } })],
    ["its comment is no text", linesOf({ sha: SHA, report: { ...reportWith({}), comment: 1 } })],
  ])("counts as missing if %s", (_why, lines) => {
    expect(parseResult(lines, SHA)).toBeUndefined();
  });

  it("has no more of a verdict than a check can come to", () => {
    const report = { ...reportWith({}), extra: 1, verdict: { ...reportWith({}).verdict, url: "https://example.org" } };
    expect(parseResult(linesOf({ sha: SHA, report }), SHA)).toEqual(reportWith({}));
  });
});
