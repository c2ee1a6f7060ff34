import { DATASET_FILE } from "../../lib/contract/dataset-files.ts";
import { plural } from "../../lib/contract/plural.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import type { Verdict } from "../../lib/ports/forge.ts";
import type { publishEachDataset } from "../../lib/publish/publish-each-dataset.ts";
import type { Finding, Published } from "../../lib/publish/publish-job.ts";
import { escapeMarkdown } from "../../lib/release/escape-markdown.ts";
import { neutralizeMentions } from "../../lib/release/neutralize-mentions.ts";
import { publicMessage } from "../public-message.ts";

/** The outcome by dataset: the releases, or the failure. */
export type Outcomes = Awaited<ReturnType<typeof publishEachDataset>> & {
  /** Datasets that a build publishes, because they are too large for a function. */
  leftToBuild?: string[];
};

/** The base of links and paths in a verdict. `tip`: the newest commit of the branch. */
interface Links {
  site: string;
  dataFolder: string;
  tip: string;
}

/** The part of a verdict that is about one dataset. */
interface DatasetResult {
  line: string;
  problems: Problem[];
  /** The version that was released from the commit. */
  version?: string;
  isRefused: boolean;
}

function describeFinding(sha: string, { commit, problems, why }: Finding): string {
  const since = commit === null || commit === sha ? "" : ` since ${commit}`;
  return `not published${since}. ${problems.length > 0 ? "The problems are marked at their lines." : why}`;
}

/** The tip fails if the state of the branch is refused, whichever commit caused the refusal. */
function datasetResult(dataset: string, sha: string, { catalogue, unreleased, warnings, refused }: Published, links: Links): DatasetResult {
  const link = (version: string): string => `[${version}](${links.site}/${dataset}/${version}/)`;
  const of = ({ commit }: { commit: string | null }): boolean => commit === sha;
  const warning = warnings.find(of)?.problems ?? [];
  const release = catalogue.releases.find(of);
  if (release)
    return {
      line: `published ${link(release.version)} (${release.level})`,
      problems: warning,
      version: release.version,
      isRefused: false,
    };
  const finding = unreleased.find(of) ?? (sha === links.tip ? refused : undefined);
  if (finding)
    return {
      line: describeFinding(sha, finding),
      problems: [...finding.problems, ...warning],
      isRefused: finding.kind === "refused",
    };
  const newest = catalogue.releases[0];
  return { line: `nothing new${newest ? `; the newest is ${link(newest.version)}` : ""}`, problems: warning, isRefused: false };
}

/** The verdict on a commit. Depends only on published data, so a later run reports the same. */
export function publishVerdict(sha: string, { published, failures, leftToBuild = [] }: Outcomes, links: Links): Verdict {
  const results = [...published].map(([dataset, one]) => ({ dataset, ...datasetResult(dataset, sha, one, links) }));
  const problems = results.flatMap(({ dataset, problems }) =>
    problems.map((problem) => ({
      ...problem,
      file: `${links.dataFolder}/${dataset}/${problem.file === "." ? DATASET_FILE : problem.file}`,
    })),
  );
  const lines = [
    ...results.map(({ dataset, line }) => `- **${dataset}**: ${line}`),
    ...leftToBuild.map(
      (dataset) => `- **${dataset}**: a build publishes it, because it or its history is large. The result is reported here.`,
    ),
    ...[...failures].map(
      ([dataset, error]) =>
        `- **${dataset}**: could not be published; it will be retried. ${neutralizeMentions(escapeMarkdown(publicMessage(error)))}`,
    ),
  ];
  const version = results.find((result) => result.version !== undefined)?.version;
  const isUnpublished = failures.size > 0 || results.some(({ isRefused }) => isRefused);
  const title = isUnpublished ? "not published" : version === undefined ? "nothing new" : `published ${version}`;
  if (leftToBuild.length > 0 && !isUnpublished)
    return {
      conclusion: "neutral",
      title: "a build publishes this",
      summary: lines.join("\n"),
      problems,
      problemCount: problems.length,
      url: links.site,
    };
  const hasWarnings = !isUnpublished && problems.length > 0;
  return {
    conclusion: isUnpublished || hasWarnings ? "failure" : "success",
    title: hasWarnings ? `${title}, ${plural(problems.length, "problem")}` : title,
    summary: lines.join("\n") || "There is no dataset.",
    problems,
    problemCount: problems.length,
    url: links.site,
  };
}
