import { escapeControlChars } from "../../diagnostics/escape-control-chars.ts";
import type { Problem } from "../../diagnostics/problem.ts";
import { escapeMarkdown, inlineCode, neutralizeMentions } from "../../release/markdown.ts";
import { type GitHub, type Repository, statusOf } from "./github-client.ts";

/** One check run of each name a commit: what was found in it, and what came of it on the published branch. */
export type CheckName = "Factpress" | "Factpress publish";
/** Marks our comment on a pull request, so that it is updated and not repeated. */
const COMMENT_MARK = "<!-- factpress -->";

const ANNOTATIONS_A_REQUEST = 50;
/** Problems beyond this are counted, not annotated. */
const MAX_ANNOTATIONS = 150;
/** GitHub refuses longer summaries and comments (65,535 characters). */
const MAX_TEXT = 60_000;

type Conclusion = "success" | "failure" | "neutral";

export interface Verdict {
  conclusion: Conclusion;
  title: string;
  /** Markdown. */
  summary: string;
  /** With paths from the root of the repository. */
  problems: readonly Problem[];
  /** All of them, listed or not. */
  problemCount: number;
  url?: string;
}

const cut = (text: string): string =>
  text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT).toWellFormed()}\n\n… cut: it is longer than GitHub takes.\n` : text;

const place = ({ file, line, column }: Problem): string => (line > 0 ? `${file}:${line}:${column}` : file);

const listOf = ({ problems, problemCount }: Verdict): string =>
  [
    ...problems
      .slice(0, MAX_ANNOTATIONS)
      .map(
        (problem) =>
          `- ${inlineCode(place(problem))} ${problem.field ? `**${escapeMarkdown(problem.field)}** ` : ""}${escapeMarkdown(problem.message)}${problem.remedy ? ` ${escapeMarkdown(problem.remedy)}` : ""}`,
      ),
    ...(problemCount > MAX_ANNOTATIONS ? [`- and ${problemCount - Math.min(problems.length, MAX_ANNOTATIONS)} more`] : []),
  ].join("\n");

const annotation = (problem: Problem) => ({
  path: problem.file,
  start_line: Math.max(1, problem.line),
  end_line: Math.max(1, problem.line),
  ...(problem.line > 0 && problem.column > 0 ? { start_column: problem.column, end_column: problem.column } : {}),
  annotation_level: "failure" as const,
  message: escapeControlChars([problem.message, problem.remedy].filter(Boolean).join("\n")).slice(0, 10_000).toWellFormed(),
  ...(problem.field ? { title: escapeControlChars(problem.field).slice(0, 250).toWellFormed() } : {}),
});

/** Reports to people on GitHub. Saying the same twice changes nothing. */
export class GitHubReporter {
  readonly #github: GitHub;
  readonly #at: { owner: string; repo: string };
  readonly #appId: number;
  constructor(github: GitHub, { owner, name }: Repository, appId: string) {
    this.#github = github;
    this.#at = { owner, repo: name };
    this.#appId = Number(appId);
  }

  async #existing(sha: string, name: CheckName): Promise<{ id: number; done: boolean; said: string } | undefined> {
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...this.#at,
      ref: sha,
      check_name: name,
      app_id: this.#appId,
      filter: "latest",
    });
    const [run] = data.check_runs;
    return (
      run && {
        id: Number(run.id),
        done: run.status === "completed",
        said: JSON.stringify([run.conclusion, run.output.title, run.output.summary]),
      }
    );
  }

  async hasVerdict(sha: string): Promise<boolean> {
    return (await this.#existing(sha, "Factpress"))?.done === true;
  }

  /** `again`: somebody asked for a repetition, so that the same words are said anew. */
  async verdict(sha: string, name: CheckName, verdict: Verdict, again = false): Promise<void> {
    const { conclusion, title, summary, problems, problemCount, url } = verdict;
    const annotations = problems.slice(0, MAX_ANNOTATIONS).map(annotation);
    const output = (some: typeof annotations) => ({
      title: escapeControlChars(title).slice(0, 250).toWellFormed(),
      summary: cut(problemCount > 0 ? `${summary}\n\n${neutralizeMentions(listOf(verdict))}` : summary),
      annotations: some,
    });
    const common = { ...this.#at, name, status: "completed" as const, conclusion, ...(url ? { details_url: url } : {}) };
    const first = output(annotations.slice(0, ANNOTATIONS_A_REQUEST));
    const existing = await this.#existing(sha, name);
    if (!again && existing?.said === JSON.stringify([conclusion, first.title, first.summary])) return;
    // A verdict that was given before is followed by another run: annotations are never taken away from one.
    let id: number;
    if (existing && !existing.done) {
      id = existing.id;
      await this.#github.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", { ...common, check_run_id: id, output: first });
    } else
      id = Number(
        (await this.#github.request("POST /repos/{owner}/{repo}/check-runs", { ...common, head_sha: sha, output: first })).data.id,
      );
    for (let i = ANNOTATIONS_A_REQUEST; i < annotations.length; i += ANNOTATIONS_A_REQUEST)
      await this.#github.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
        ...this.#at,
        check_run_id: id,
        output: output(annotations.slice(i, i + ANNOTATIONS_A_REQUEST)),
      });
  }

  /** One comment a pull request, updated where it differs. */
  async comment(pull: number, markdown: string): Promise<void> {
    const body = cut(`${COMMENT_MARK}\n${markdown}`);
    const mine = await this.#comment(pull);
    if (mine?.body === body) return;
    if (mine)
      await this.#github.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...this.#at, comment_id: mine.id, body });
    else await this.#github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { ...this.#at, issue_number: pull, body });
  }

  async #comment(pull: number): Promise<{ id: number; body: string } | undefined> {
    for (let page = 1; page <= 20; page += 1) {
      const { data } = await this.#github.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...this.#at,
        issue_number: pull,
        per_page: 100,
        page,
      });
      // Only an App's own comment: a stranger can write the mark as well.
      const found = data.find(({ body, performed_via_github_app: app }) => body?.startsWith(COMMENT_MARK) && app?.id === this.#appId);
      if (found) return { id: Number(found.id), body: found.body ?? "" };
      if (data.length < 100) return undefined;
    }
    return undefined;
  }

  /** Whether a pull request is open with this commit as its newest. */
  async isCurrent(pull: number, sha: string): Promise<boolean> {
    try {
      const { data } = await this.#github.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...this.#at, pull_number: pull });
      return data.state === "open" && data.head.sha === sha;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  }

  /** Open pull requests against a branch. */
  async *openPulls(branch: string): AsyncGenerator<{ number: number; sha: string }> {
    for (let page = 1; page <= 50; page += 1) {
      const { data } = await this.#github.request("GET /repos/{owner}/{repo}/pulls", {
        ...this.#at,
        state: "open",
        base: branch,
        per_page: 100,
        page,
      });
      for (const { number, head } of data) yield { number, sha: head.sha };
      if (data.length < 100) return;
    }
  }
}
