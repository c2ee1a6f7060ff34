import { setTimeout as sleep } from "node:timers/promises";
import { plural } from "../../contract/plural.ts";
import { escapeControlChars } from "../../diagnostics/escape-control-chars.ts";
import type { Problem } from "../../diagnostics/problem.ts";
import type { ReportName, Verdict } from "../../ports/forge.ts";
import { ForgeError } from "../../ports/forge-error.ts";
import { escapeMarkdown } from "../../release/escape-markdown.ts";
import { inlineCode } from "../../release/inline-code.ts";
import { neutralizeMentions } from "../../release/neutralize-mentions.ts";
import type { GitHub, RepositoryName } from "./github-client.ts";
import { gitHubTime } from "./github-time.ts";
import { unlessGitHubStatus } from "./unless-github-status.ts";

/** Identifies the App's comment on a pull request, so that it is updated rather than repeated. */
const COMMENT_MARK = "<!-- factpress -->";

const ANNOTATIONS_A_REQUEST = 50;
/** Maximum annotations. Further problems are only counted. */
const MAX_ANNOTATIONS = 150;
/** GitHub refuses summaries and comments of more than 65,535 bytes. */
const MAX_TEXT_BYTES = 60_000;
const MAX_MESSAGE_BYTES = 20_000;
const MAX_TITLE_BYTES = 250;

/** Truncates a text to a number of bytes in UTF-8, without splitting a character. */
function cutBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text.toWellFormed();
  let end = maxBytes;
  // Bytes 10xxxxxx are continuation bytes.
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString("utf8");
}

function truncate(text: string): string {
  const cut = cutBytes(text, MAX_TEXT_BYTES);
  return cut.length < text.length ? `${cut}\n\n… truncated: longer than GitHub accepts.\n` : cut;
}

const location = ({ file, line, column }: Problem): string => (line > 0 ? `${file}:${line}:${column}` : file);

const problemList = (problems: readonly Problem[], count: number): string =>
  [
    ...problems
      .slice(0, MAX_ANNOTATIONS)
      .map(
        (problem) =>
          `- ${inlineCode(location(problem))} ${problem.field ? `**${escapeMarkdown(problem.field)}** ` : ""}${escapeMarkdown(problem.message)}${problem.remedy ? ` ${escapeMarkdown(problem.remedy)}` : ""}`,
      ),
    ...(count > MAX_ANNOTATIONS ? [`- and ${count - Math.min(problems.length, MAX_ANNOTATIONS)} more`] : []),
  ].join("\n");

/** The summary with the lists of problems and warnings. */
const fullSummary = ({ summary, problems, problemCount, warnings = [] }: Verdict): string =>
  [
    ...(problemCount > 0 ? [summary, neutralizeMentions(problemList(problems, problemCount))] : [summary]),
    ...(warnings.length > 0 ? [`Warnings:\n\n${neutralizeMentions(problemList(warnings, warnings.length))}`] : []),
  ].join("\n\n");

const annotation = (level: "failure" | "warning") => (problem: Problem) => ({
  path: problem.file,
  start_line: Math.max(1, problem.line),
  end_line: Math.max(1, problem.line),
  ...(problem.line > 0 && problem.column > 0 ? { start_column: problem.column, end_column: problem.column } : {}),
  annotation_level: level,
  message: cutBytes(escapeControlChars([problem.message, problem.remedy].filter(Boolean).join("\n"), "\n"), MAX_MESSAGE_BYTES),
  ...(problem.field ? { title: cutBytes(escapeControlChars(problem.field), MAX_TITLE_BYTES) } : {}),
});

/** Everything that a check run shows, except its annotations. */
const fingerprint = (conclusion: string | null, title: string | null, summary: string | null): string =>
  JSON.stringify([conclusion, title, summary]);

/** Disables the client's retries: GitHub may have done what a failed request asked for. `createOnce` looks for the result before it retries. */
const NOT_RETRIED = { request: { retries: 0 } };
const MAX_TRIES = 3;

/** Creates something exactly once, even if a response is lost. `find` looks for the result of an earlier attempt. */
async function createOnce<T>(create: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await create();
    } catch (error) {
      const mayBeDone = error instanceof ForgeError && error.reason === "unavailable" && error.retryAfterSeconds === undefined;
      if (!mayBeDone || tries >= MAX_TRIES) throw error;
      await sleep(1_000 * tries ** 2);
    }
    const found = await find();
    if (found !== undefined) return found;
  }
}

/** Check runs and comments on GitHub. */
export class GitHubReporter {
  readonly #github: GitHub;
  readonly #repository: RepositoryName;
  readonly #appId: number;
  constructor(github: GitHub, repository: RepositoryName, appId: string) {
    this.#github = github;
    this.#repository = repository;
    this.#appId = Number(appId);
  }

  async #latestRun(sha: string, name: ReportName): Promise<{ id: number; isCompleted: boolean; content: string } | undefined> {
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...this.#repository,
      ref: sha,
      check_name: name,
      app_id: this.#appId,
      filter: "latest",
    });
    const [run] = data.check_runs;
    return (
      run && {
        id: Number(run.id),
        isCompleted: run.status === "completed",
        content: fingerprint(run.conclusion, run.output.title, run.output.summary),
      }
    );
  }

  async hasVerdict(sha: string): Promise<boolean> {
    return (await this.#latestRun(sha, "Factpress"))?.isCompleted === true;
  }

  /** If GitHub refuses the full report, it is written without problems and annotations, so that every commit gets a conclusion. */
  async report(sha: string, name: ReportName, verdict: Verdict, again = false): Promise<void> {
    try {
      await this.#write(sha, name, verdict, again);
    } catch (error) {
      if (!(error instanceof ForgeError && error.status === 422)) throw error;
      const summary = `GitHub refused the full report. Problems: ${verdict.problemCount}. Run the check on a clone to see them.`;
      const title = verdict.problemCount > 0 ? plural(verdict.problemCount, "problem") : verdict.conclusion;
      await this.#write(sha, name, { conclusion: verdict.conclusion, title, summary, problems: [], problemCount: 0 }, again);
    }
  }

  async #write(sha: string, name: ReportName, verdict: Verdict, again: boolean): Promise<void> {
    const { conclusion, title, problems, warnings = [], url } = verdict;
    const annotations = [...problems.map(annotation("failure")), ...warnings.map(annotation("warning"))].slice(0, MAX_ANNOTATIONS);
    const output = (some: typeof annotations) => ({
      title: cutBytes(escapeControlChars(title), MAX_TITLE_BYTES),
      summary: truncate(fullSummary(verdict)),
      annotations: some,
    });
    const state =
      conclusion === "in-progress"
        ? { status: "in_progress" as const, started_at: gitHubTime(new Date().toISOString()) }
        : { status: "completed" as const, conclusion };
    const common = { ...this.#repository, name, ...state, ...(url ? { details_url: url } : {}) };
    const first = output(annotations.slice(0, ANNOTATIONS_A_REQUEST));
    const latest = await this.#latestRun(sha, name);
    const wanted = fingerprint(conclusion === "in-progress" ? null : conclusion, first.title, first.summary);
    if (!again && latest?.content === wanted) return;
    // A completed run is replaced by a new one, because GitHub never removes annotations from a run.
    let id: number;
    if (latest && !latest.isCompleted) {
      id = latest.id;
      await this.#github.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", { ...common, check_run_id: id, output: first });
    } else {
      const asked = { ...common, head_sha: sha, output: first, ...NOT_RETRIED };
      id = await createOnce(
        async () => Number((await this.#github.request("POST /repos/{owner}/{repo}/check-runs", asked)).data.id),
        async () => {
          const created = await this.#latestRun(sha, name);
          // Another invocation may have created one in the meantime.
          return created?.id !== latest?.id && created?.content === wanted ? created.id : undefined;
        },
      );
    }
    for (let i = ANNOTATIONS_A_REQUEST; i < annotations.length; i += ANNOTATIONS_A_REQUEST)
      await this.#github.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
        ...this.#repository,
        check_run_id: id,
        output: output(annotations.slice(i, i + ANNOTATIONS_A_REQUEST)),
      });
  }

  async comment(pull: number, markdown: string): Promise<void> {
    const body = truncate(`${COMMENT_MARK}\n${markdown}`);
    if (await this.#editComment(pull, body)) return;
    const asked = { ...this.#repository, issue_number: pull, body, ...NOT_RETRIED };
    await createOnce<unknown>(
      () => this.#github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", asked),
      // The comment may be from another invocation, with a different text.
      () => this.#editComment(pull, body),
    );
  }

  /** Updates the App's comment; undefined if there is none. */
  async #editComment(pull: number, body: string): Promise<{ id: number } | undefined> {
    const own = await this.#ownComment(pull);
    if (own && own.body !== body)
      await this.#github.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        ...this.#repository,
        comment_id: own.id,
        body,
      });
    return own;
  }

  async #ownComment(pull: number): Promise<{ id: number; body: string } | undefined> {
    for (let page = 1; page <= 20; page += 1) {
      const { data } = await this.#github.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...this.#repository,
        issue_number: pull,
        per_page: 100,
        page,
      });
      // Only the App's own comment: anyone can write the mark.
      const found = data.find(({ body, performed_via_github_app: app }) => body?.startsWith(COMMENT_MARK) && app?.id === this.#appId);
      if (found) return { id: Number(found.id), body: found.body ?? "" };
      if (data.length < 100) return undefined;
    }
    return undefined;
  }

  async isCurrent(pull: number, sha: string): Promise<boolean> {
    const request = this.#github.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...this.#repository, pull_number: pull });
    const found = await unlessGitHubStatus([404], request);
    return found?.data.state === "open" && found.data.head.sha === sha;
  }

  async hasOpenPull(from: string, into: string, sha: string): Promise<boolean> {
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/pulls", {
      ...this.#repository,
      state: "open",
      head: `${this.#repository.owner}:${from}`,
      base: into,
    });
    return data.some(({ head }) => head.sha === sha);
  }
}
