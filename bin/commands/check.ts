import { engineThreads } from "../../lib/adapters/engine-threads.ts";
import { folderSource } from "../../lib/adapters/source-folder.ts";
import { branchName, commitSource } from "../../lib/adapters/source-git.ts";
import { sqlThread } from "../../lib/adapters/sql-thread.ts";
import { harmless } from "../../lib/dataset/harmless.ts";
import type { Problem } from "../../lib/dataset/problem.ts";
import { fileRules } from "../../lib/dataset/rules/table-rules.ts";
import { type Base, baseOf, type CheckedChange, checkChange } from "../../lib/pipeline/check-change.ts";
import type { Checked } from "../../lib/pipeline/check-dataset.ts";
import { releaseSide } from "../../lib/pipeline/compare-releases.ts";
import type { Workspace } from "../../lib/pipeline/ports.ts";
import { storedRelease } from "../../lib/pipeline/projections.ts";
import { type Control, emptyCatalogue, removedReason, unknownVersions } from "../../lib/release/catalogue.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { nextVersion } from "../../lib/release/version.ts";
import { type DatasetFolder, findDatasets, UsageError } from "../datasets.ts";
import { openReader, openTemporary, repositoryOf } from "../places.ts";
import { colors, out, printProblems } from "../terminal.ts";
import { mend, unusualFiles } from "./mend.ts";

export const counts = (checked: Checked): string => [...checked.records].map(([table, count]) => `${count} ${table}`).join(", ");

/** The published branch where it was left: no store is needed. */
async function branchBase(dataset: DatasetFolder, workspace: Workspace): Promise<Base | undefined> {
  const here = await repositoryOf(dataset.folder).catch(() => undefined);
  const commit = here && (await here.repository.git("merge-base", "HEAD", here.branch).catch(() => "")).trim();
  return here && commit
    ? baseOf(branchName(here.branch), commitSource(here.repository, commit, here.path), engineThreads, workspace)
    : undefined;
}

/** The newest release of a store. */
async function releaseBase(dataset: DatasetFolder, place: string, workspace: Workspace): Promise<Base | undefined> {
  const reader = await openReader(place);
  const stored = await reader.get(`${dataset.name}/releases.json`);
  const catalogue = stored ? parseCatalogue(stored.bytes) : emptyCatalogue(dataset.name);
  const [entry] = catalogue.releases;
  if (!entry) return undefined;
  const newest = entry.version;
  // The files of a removed release may be gone; its commit still says what they held.
  if (removedReason(catalogue, newest) !== undefined) {
    const here = await repositoryOf(dataset.folder).catch(() => undefined);
    if (!here || !entry.commit) return undefined;
    const base = await baseOf(newest, commitSource(here.repository, entry.commit, here.path), engineThreads, workspace);
    return base && { ...base, version: newest };
  }
  const at = `${dataset.name}/${newest}`;
  return { name: newest, side: await releaseSide(storedRelease(reader, at), at), version: newest };
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

/** What a change comes to, in one line. */
function changeLine({ change, dataset }: CheckedChange, base: Base | undefined, against: string | undefined): string | undefined {
  const floor = dataset?.metadata.release?.version;
  if (!change) return against !== undefined && floor && !base ? `next release ${floor}: the first` : undefined;
  const { level, summary } = change;
  if (against === undefined) return level === "none" ? `no change against ${base?.name}` : `${level} against ${base?.name}: ${summary}`;
  if (level === "none") return `no new release: nothing a reader gets differs from ${base?.name}`;
  return `${floor ? `next release ${nextVersion(base?.version, level, floor)}: ` : ""}${level}, ${summary}`;
}

export async function check(asked: string | undefined, options: { format: string; against?: string; fix?: boolean }): Promise<number> {
  if (!["text", "json"].includes(options.format)) throw new UsageError(`--format is text or json, not "${options.format}"`);
  const reports: object[] = [];
  let failed = false;
  for (const dataset of await findDatasets(asked)) {
    const unusual = await unusualFiles(dataset);
    if (options.fix)
      for (const file of unusual) {
        const said = await mend(file);
        if (options.format === "text") out(said);
      }
    let base: Base | undefined;
    const find = async (workspace: Workspace): Promise<Base | undefined> => {
      base = options.against === undefined ? await branchBase(dataset, workspace) : await releaseBase(dataset, options.against, workspace);
      return base;
    };
    const checked = await checkChange(folderSource(dataset.folder), find, engineThreads, sqlThread, openTemporary, dataset.name);
    const release = checked.dataset?.metadata.release ?? {};
    const takenBack = options.against === undefined ? [] : await takenBackProblems(dataset, options.against, release);
    const problems = [...checked.problems, ...takenBack, ...(checked.change?.problems ?? [])];
    const problemCount = checked.problemCount + problems.length - checked.problems.length;
    const bare = changeLine(checked, base, options.against);
    const said = bare && harmless(bare);
    failed ||= problemCount > 0;
    const shape = options.fix || unusual.length === 0 ? undefined : unusual.map(({ shown }) => shown);
    const line = { ...(said ? { change: said } : {}), ...(shape ? { shape } : {}) };
    if (options.format === "json")
      reports.push({ dataset: dataset.shown, problemCount, problems, records: Object.fromEntries(checked.records), ...line });
    else if (problemCount > 0) {
      if (said) out(`${colors.bold(dataset.shown)}  ${said}\n`);
      printProblems(dataset, { problems, problemCount });
    } else
      out(
        `${colors.bold(dataset.shown)}  no problems: ${counts(checked)}${said ? `\n  ${said}` : ""}${checked.dataset?.metadata.release?.version ? "" : "\n  a draft: dataset.json names no release.version"}`,
      );
    if (shape && options.format === "text") out(`  ${fileRules.shape(shape).message}`);
  }
  if (options.format === "json") out(JSON.stringify(reports, null, 2));
  return failed ? 1 : 0;
}
