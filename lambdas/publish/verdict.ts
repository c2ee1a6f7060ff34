import { statusOf } from "../../lib/adapters/github/github-client.ts";
import type { Verdict } from "../../lib/adapters/github/reporter-github.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import type { publishEach } from "../../lib/publish/publish-dataset.ts";
import { escapeMarkdown, neutralizeMentions } from "../../lib/release/markdown.ts";

/** What came of each dataset: what was published, or why it could not be. */
export type Outcomes = Awaited<ReturnType<typeof publishEach>>;

/** What went wrong, for everybody to read: what AWS says names accounts, and stands in the log. */
function whatHappened(error: Error): string {
  if ((error as { $metadata?: object }).$metadata) return `AWS answered ${error.name}`;
  return statusOf(error) === undefined ? error.message : `GitHub answered ${statusOf(error)}`;
}

/** Where a verdict's links and paths lead; `tip` is the newest commit of the branch. */
interface Place {
  site: string;
  dataFolder: string;
  tip: string;
}

/**
 * What the check run of a commit says: a function of what is published, so that a repetition says the same. The newest
 * commit fails where what the branch now holds is refused, whichever commit brought it.
 */
export function verdictOf(sha: string, { published, failures }: Outcomes, { site, dataFolder, tip }: Place): Verdict {
  const lines: string[] = [];
  const problems: Problem[] = [];
  let version: string | undefined;
  let unpublished = failures.size > 0;
  for (const [dataset, { catalogue, passedOver, warnings, refused }] of published) {
    const release = catalogue.releases.find(({ commit }) => commit === sha);
    const own = passedOver.find(({ commit }) => commit === sha);
    const passed = release ? undefined : (own ?? (sha === tip ? refused : undefined));
    const warning = warnings.find(({ commit }) => commit === sha);
    if (release) {
      version ??= release.version;
      lines.push(`- **${dataset}**: published [${release.version}](${site}/${dataset}/${release.version}/) (${release.level})`);
    } else if (passed) {
      unpublished ||= passed.kind === "refused";
      const from = passed.commit === null || passed.commit === sha ? "" : ` since ${passed.commit}`;
      lines.push(
        `- **${dataset}**: not published${from}. ${passed.problems.length > 0 ? "What is wrong stands at its lines." : passed.why}`,
      );
    } else {
      const newest = catalogue.releases[0];
      lines.push(
        `- **${dataset}**: nothing new${newest ? `; the newest is [${newest.version}](${site}/${dataset}/${newest.version}/)` : ""}`,
      );
    }
    problems.push(
      ...[...(passed?.problems ?? []), ...(warning?.problems ?? [])].map((problem) => ({
        ...problem,
        file: `${dataFolder}/${dataset}/${problem.file === "." ? "dataset.json" : problem.file}`,
      })),
    );
  }
  for (const [dataset, error] of failures)
    lines.push(`- **${dataset}**: could not be published, and is tried again. ${neutralizeMentions(escapeMarkdown(whatHappened(error)))}`);
  const title = unpublished ? "not published" : version === undefined ? "nothing new" : `published ${version}`;
  const marred = !unpublished && problems.length > 0;
  return {
    conclusion: unpublished || marred ? "failure" : "success",
    title: marred ? `${title}, ${problems.length} problem${problems.length > 1 ? "s" : ""}` : title,
    summary: lines.join("\n") || "There is no dataset.",
    problems,
    problemCount: problems.length,
    url: site,
  };
}
