import { gunzipSync, gzipSync } from "node:zlib";
import { isObject } from "../../lib/contract/is-object.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import { parseJson } from "../../lib/json/parse-json.ts";
import type { Verdict } from "../../lib/ports/forge.ts";
import type { CommitReport } from "./check-changed-datasets.ts";

/** Marks the lines of a build's log that contain the result: this mark, "1/3" and base64. */
const MARK = "factpress-result";
/** Characters of the result per line, far below the limits of the log and of CodeBuild. */
const LINE_CHARS = 4_000;
/** Maximum size of the result as JSON. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Maximum problems and maximum warnings of a result, more than a forge lists. */
const MAX_PROBLEMS = 500;
/** Maximum characters of a text, more than a forge accepts in bytes. */
const MAX_TEXT = 70_000;

interface CommitResult {
  /** The commit that was checked. */
  sha: string;
  report: CommitReport;
}

function cutReport({ verdict, comment, datasets }: CommitReport, maxProblems: number): CommitReport {
  const { summary, problems, warnings } = verdict;
  return {
    verdict: {
      ...verdict,
      summary: summary.slice(0, MAX_TEXT),
      problems: problems.slice(0, maxProblems),
      ...(warnings ? { warnings: warnings.slice(0, maxProblems) } : {}),
    },
    comment: comment.slice(0, MAX_TEXT),
    datasets: datasets.slice(0, MAX_PROBLEMS),
  };
}

/** Formats the result of a check as lines for the log of its build. */
export function resultLines({ sha, report }: CommitResult): string[] {
  const asJson = (max: number): Buffer => Buffer.from(JSON.stringify({ sha, report: cutReport(report, max) } satisfies CommitResult));
  const json = [MAX_PROBLEMS, 10, 0].map(asJson).find(({ length }) => length <= MAX_BYTES);
  if (!json) throw new Error("The report on this commit is too long");
  const text = gzipSync(json).toString("base64");
  const count = Math.ceil(text.length / LINE_CHARS);
  return Array.from({ length: count }, (_, i) => `${MARK} ${i + 1}/${count} ${text.slice(i * LINE_CHARS, (i + 1) * LINE_CHARS)}`);
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

const isProblem = (value: unknown): value is Problem =>
  isObject(value) &&
  isText(value["file"]) &&
  isCount(value["line"]) &&
  isCount(value["column"]) &&
  isText(value["message"]) &&
  [value["remedy"], value["field"]].every((text) => text === undefined || isText(text));

const isProblems = (value: unknown): value is Problem[] => Array.isArray(value) && value.every(isProblem);

function parseVerdict(value: unknown): Verdict | undefined {
  if (!isObject(value)) return undefined;
  const { conclusion, title, summary, problems, problemCount, warnings = [] } = value;
  if (conclusion !== "success" && conclusion !== "neutral" && conclusion !== "failure") return undefined;
  if (!isText(title) || !isText(summary) || !isProblems(problems) || !isCount(problemCount) || !isProblems(warnings)) return undefined;
  // A commit with problems is never accepted.
  if (conclusion !== "failure" && problemCount > 0) return undefined;
  return { conclusion, title, summary, problems, problemCount, ...(warnings.length > 0 ? { warnings } : {}) };
}

function decode(text: string): string | undefined {
  try {
    return gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: MAX_BYTES }).toString("utf8");
  } catch (error) {
    // Truncated, not gzip, or too large.
    if (/^(Z_|ERR_)/.test((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** The report on a commit in the log of its build; undefined if it is missing, incomplete, or about another commit. */
export function parseResult(events: readonly string[], sha: string): CommitReport | undefined {
  const parts = new Map<number, string>();
  let count = 0;
  // A log event may contain several lines.
  for (const line of events.flatMap((event) => event.split("\n"))) {
    const [, at, of, text = ""] = /^factpress-result (\d{1,4})\/(\d{1,4}) ([\w+/=]+)\s*$/.exec(line) ?? [];
    if (at === undefined) continue;
    count = Number(of);
    parts.set(Number(at), text);
  }
  if (count === 0 || parts.size !== count) return undefined;
  const text = decode(Array.from({ length: count }, (_, i) => parts.get(i + 1) ?? "").join(""));
  const parsed = text === undefined ? undefined : parseJson<unknown>(text)?.value;
  if (!isObject(parsed) || parsed["sha"] !== sha || !isObject(parsed["report"])) return undefined;
  const { verdict: given, comment, datasets } = parsed["report"];
  const verdict = parseVerdict(given);
  return verdict && isText(comment) && isTexts(datasets) ? { verdict, comment, datasets } : undefined;
}
