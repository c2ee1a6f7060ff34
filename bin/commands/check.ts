import { engineThreads } from "../../lib/adapters/engine-threads.ts";
import { folderSource } from "../../lib/adapters/source-folder.ts";
import { commitSource } from "../../lib/adapters/source-git.ts";
import type { Problem } from "../../lib/dataset/problem.ts";
import { type Checked, checkDataset } from "../../lib/pipeline/check-dataset.ts";
import { compare, promiseOf, releaseSide, type Side, sourceSide } from "../../lib/pipeline/compare-releases.ts";
import type { Workspace } from "../../lib/pipeline/ports.ts";
import { storedRelease } from "../../lib/pipeline/project-dataset.ts";
import { type Control, emptyCatalogue, parseCatalogue, unknownVersions } from "../../lib/release/catalogue.ts";
import { breaking, summary } from "../../lib/release/difference.ts";
import { nextVersion, unannounced } from "../../lib/release/version.ts";
import { type DatasetFolder, findDatasets, UsageError } from "../datasets.ts";
import { openReader, repositoryOf, withWorkspaces } from "../places.ts";
import { colors, out, printProblems } from "../terminal.ts";

export const counts = (checked: Checked): string => [...checked.records].map(([table, count]) => `${count} ${table}`).join(", ");

/** What a change means to readers. */
interface Change {
  line: string;
  problems: Problem[];
}

/** What it is compared with: a side, how it is called, and the version that readers have. */
interface Base {
  side: Side;
  name: string;
  version: string | undefined;
  release?: boolean;
}

/** The published branch where it was left: no store is needed. */
async function branchBase(dataset: DatasetFolder, workspace: Workspace): Promise<Base | undefined> {
  const here = await repositoryOf(dataset.folder).catch(() => undefined);
  const commit = here && (await here.repository.git("merge-base", "HEAD", here.branch).catch(() => "")).trim();
  if (!here || !commit) return undefined;
  const side = await sourceSide(commitSource(here.repository, commit, here.path), engineThreads, workspace).catch(() => undefined);
  return side && { side, name: here.branch, version: side.dataset.metadata.release?.version };
}

async function releaseBase(dataset: DatasetFolder, place: string): Promise<Base | undefined> {
  const reader = await openReader(place);
  const stored = await reader.get(`${dataset.name}/releases.json`);
  const newest = (stored ? parseCatalogue(stored.bytes) : emptyCatalogue(dataset.name)).releases[0]?.version;
  if (newest === undefined) return undefined;
  const at = `${dataset.name}/${newest}`;
  return { side: await releaseSide(storedRelease(reader, at), at), name: newest, version: newest, release: true };
}

async function takenBackProblems(dataset: DatasetFolder, place: string, release: Control["release"]): Promise<Problem[]> {
  const stored = await (await openReader(place)).get(`${dataset.name}/releases.json`);
  const catalogue = stored ? parseCatalogue(stored.bytes) : emptyCatalogue(dataset.name);
  return unknownVersions(catalogue, { commit: null, date: null, release }).map((version) => ({
    file: "dataset.json",
    line: 0,
    column: 0,
    message: `It takes back ${version}, which is no release`,
    remedy: "Name a version that releases.json lists.",
  }));
}

async function changeOf(dataset: DatasetFolder, against: string | undefined): Promise<Change | undefined> {
  return withWorkspaces(2, async (before, after) => {
    const now = await sourceSide(folderSource(dataset.folder), engineThreads, after as Workspace);
    if (!now) return undefined;
    const base = against === undefined ? await branchBase(dataset, before as Workspace) : await releaseBase(dataset, against);
    const floor = now.dataset.metadata.release?.version;
    const said = against === undefined ? [] : await takenBackProblems(dataset, against, now.dataset.metadata.release ?? {});
    if (!base) return against === undefined ? undefined : { line: floor ? `next release ${floor}: the first` : "", problems: said };
    const difference = await compare(base.side, now, after as Workspace);
    const { level } = difference;
    const broken =
      level === "major" && base.version && floor ? unannounced(breaking(difference, promiseOf(base.side)), base.version, floor) : [];
    const next = base.release && floor && level !== "none" ? `next release ${nextVersion(base.version, level, floor)}: ` : "";
    const line =
      level === "none"
        ? base.release
          ? `no new release: nothing a reader gets differs from ${base.name}`
          : `no change against ${base.name}`
        : next
          ? `${next}${level}, ${summary(difference)}`
          : `${level} against ${base.name}: ${summary(difference)}`;
    return { line, problems: [...said, ...broken] };
  });
}

export async function check(asked: string | undefined, options: { format: string; against?: string }): Promise<number> {
  if (!["text", "json"].includes(options.format)) throw new UsageError(`--format is text or json, not "${options.format}"`);
  const reports: object[] = [];
  let failed = false;
  for (const dataset of await findDatasets(asked)) {
    const checked = await checkDataset(folderSource(dataset.folder), engineThreads);
    const change = checked.dataset && checked.problemCount === 0 ? await changeOf(dataset, options.against) : undefined;
    const problems = [...checked.problems, ...(change?.problems ?? [])];
    const problemCount = checked.problemCount + (change?.problems.length ?? 0);
    failed ||= problemCount > 0;
    const line = change?.line ? { change: change.line } : {};
    if (options.format === "json")
      reports.push({ dataset: dataset.shown, problemCount, problems, records: Object.fromEntries(checked.records), ...line });
    else if (problemCount > 0) {
      if (change?.line) out(`${colors.bold(dataset.shown)}  ${change.line}\n`);
      printProblems(dataset, { problems, problemCount });
    } else
      out(
        `${colors.bold(dataset.shown)}  no problems: ${counts(checked)}${change?.line ? `\n  ${change.line}` : ""}${checked.dataset?.metadata.release?.version ? "" : "\n  a draft: dataset.json names no release.version"}`,
      );
  }
  if (options.format === "json") out(JSON.stringify(reports, null, 2));
  return failed ? 1 : 0;
}
