import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileAliases } from "../lib/adapters/aliases-file.ts";
import { engineThreads } from "../lib/adapters/engine-threads.ts";
import { harmless, palette, problemText } from "../lib/adapters/reporter-terminal.ts";
import { folderSource } from "../lib/adapters/source-folder.ts";
import { commitSource, findRepository, folderHistory, gitHistory, publishedBranch, type Repository } from "../lib/adapters/source-git.ts";
import { directoryStore } from "../lib/adapters/store-directory.ts";
import { folderWorkspace } from "../lib/adapters/workspace-folder.ts";
import type { Dataset } from "../lib/dataset/dataset.ts";
import { buildTables, finishRelease } from "../lib/pipeline/build-release.ts";
import { type Checked, checkDataset } from "../lib/pipeline/check-dataset.ts";
import { compareSources } from "../lib/pipeline/compare-sources.ts";
import type { History, Workspace } from "../lib/pipeline/ports.ts";
import { type PagePlace, projectHome, renderRelease } from "../lib/pipeline/project-dataset.ts";
import { type Published, publishDataset } from "../lib/pipeline/publish-dataset.ts";
import { emptyCatalogue } from "../lib/release/catalogue.ts";
import { summary } from "../lib/release/difference.ts";
import { STYLE } from "../lib/site/style.ts";
import { type DatasetFolder, findDatasets, UsageError } from "./datasets.ts";
import { GENERATOR } from "./generator.ts";
import { starterFiles } from "./starter.ts";

export const out = (line: string): void => void process.stdout.write(`${line}\n`);
export const colors = palette(process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined);

/** So many problems are printed; the rest is counted. */
const PRINTED = 100;

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
const counts = (checked: Checked): string => [...checked.records].map(([table, count]) => `${count} ${table}`).join(", ");

const openTemporary = (): Promise<Workspace> => folderWorkspace(tmpdir());

function printProblems({ shown }: DatasetFolder, { problems, problemCount }: Pick<Checked, "problems" | "problemCount">): void {
  for (const problem of problems.slice(0, PRINTED)) out(`${problemText(shown, problem, colors)}\n`);
  out(colors.bold(`${plural(problemCount, "problem")} in ${shown}${problemCount > PRINTED ? `; the first ${PRINTED} are shown` : ""}`));
}

interface InRepository {
  repository: Repository;
  branch: string;
  /** Path of the dataset within the repository. */
  path: string;
}

async function repositoryOf(folder: string, branch?: string): Promise<InRepository | undefined> {
  const repository = await findRepository(folder);
  if (!repository) {
    if (branch !== undefined) throw new UsageError(`There is no git repository around ${folder}, so there is no branch "${branch}"`);
    return undefined;
  }
  return { repository, branch: await publishedBranch(repository, branch), path: relative(repository.root, folder) };
}

/** One line on what a change means to readers; undefined where there is nothing to compare with. */
async function changeLine(dataset: DatasetFolder, checked: Dataset): Promise<string | undefined> {
  const here = await repositoryOf(dataset.folder).catch(() => undefined);
  if (!here) return undefined;
  const base = await here.repository.git("merge-base", "HEAD", here.branch).catch(() => "");
  if (base.trim() === "") return undefined;
  const old = commitSource(here.repository, base.trim(), here.path);
  const difference = await compareSources(
    old,
    { dataset: checked, source: folderSource(dataset.folder) },
    engineThreads,
    openTemporary,
  ).catch(() => undefined);
  return (
    difference &&
    (difference.level === "none"
      ? `no change against ${here.branch}`
      : `${difference.level} against ${here.branch}: ${summary(difference)}`)
  );
}

export async function check(asked: string | undefined, options: { format: string }): Promise<number> {
  if (!["text", "json"].includes(options.format)) throw new UsageError(`--format is text or json, not "${options.format}"`);
  const reports: object[] = [];
  let failed = false;
  for (const dataset of await findDatasets(asked)) {
    const checked = await checkDataset(folderSource(dataset.folder), engineThreads);
    failed ||= checked.problemCount > 0;
    const change = checked.dataset && checked.problemCount === 0 ? await changeLine(dataset, checked.dataset) : undefined;
    if (options.format === "json")
      reports.push({
        dataset: dataset.shown,
        problemCount: checked.problemCount,
        problems: checked.problems,
        records: Object.fromEntries(checked.records),
        ...(change ? { change } : {}),
      });
    else if (checked.problemCount > 0) printProblems(dataset, checked);
    else
      out(
        `${colors.bold(dataset.shown)}  no problems: ${counts(checked)}${change ? `\n  ${change}` : ""}${checked.dataset?.metadata.release?.version ? "" : "\n  a draft: dataset.json names no release.version"}`,
      );
  }
  if (options.format === "json") out(JSON.stringify(reports, null, 2));
  return failed ? 1 : 0;
}

/** Builds what a folder holds, as a release folder without a number, and its page. Undefined where it has problems. */
export async function buildFolder(
  dataset: DatasetFolder,
  target: string,
  page: { path: string } & PagePlace,
): Promise<Checked | undefined> {
  const source = folderSource(dataset.folder);
  const checked = await checkDataset(source, engineThreads);
  if (!checked.dataset || checked.problemCount > 0) {
    printProblems(dataset, checked);
    return undefined;
  }
  const workspace = await folderWorkspace(resolve(target, ".."));
  try {
    const tables = await buildTables(checked.dataset, source, engineThreads, workspace);
    if (tables.problemCount > 0) throw new Error(`${dataset.shown} changed while it was built`);
    await finishRelease(
      checked.dataset,
      { commit: null, date: null, previous: null, generator: GENERATOR },
      tables.artifacts,
      new Map(),
      workspace,
    );
    const html = await renderRelease(
      { bytes: async (name) => collect(workspace.read(name)), read: workspace.read },
      null,
      emptyCatalogue(checked.dataset.metadata.name),
      {
        base: page.base,
        styleUrl: page.styleUrl,
      },
    );
    await workspace.commit(target);
    await writeFile(page.path, html);
    return checked;
  } finally {
    await workspace.discard();
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

export async function build(asked: string | undefined, options: { out: string }): Promise<number> {
  let failed = false;
  for (const dataset of await findDatasets(asked)) {
    const target = resolve(options.out, dataset.name);
    const checked = await buildFolder(dataset, target, { path: `${target}.html`, base: `${dataset.name}/`, styleUrl: "style.css" });
    if (checked) await writeFile(resolve(options.out, "style.css"), STYLE);
    if (checked) out(`${colors.bold(relative(process.cwd(), target) || ".")}  ${counts(checked)}`);
    else failed = true;
  }
  return failed ? 1 : 0;
}

/** Publishes what the branch holds of each dataset, or the folder where there is no git. */
export async function publishAll(datasets: DatasetFolder[], options: { store: string; branch?: string }): Promise<Map<string, Published>> {
  const store = directoryStore(resolve(options.store));
  const done = new Map<string, Published>();
  for (const dataset of datasets) {
    const here = await repositoryOf(dataset.folder, options.branch);
    const source = folderSource(dataset.folder);
    const history: History = here
      ? gitHistory(here.repository, here.branch, here.path)
      : folderHistory(source, (await checkDataset(source, engineThreads)).dataset?.metadata.date?.concat("T00:00:00Z") ?? null);
    const published = await publishDataset({
      dataset: dataset.name,
      history,
      store,
      aliases: fileAliases(store),
      startEngine: engineThreads,
      openWorkspace: openTemporary,
      now: () => new Date(),
      generator: GENERATOR,
      say: out,
    });
    for (const { commit, why } of published.passedOver)
      out(`${dataset.name}  ${commit ? `commit ${commit.slice(0, 10)} makes no release` : "no release"}: ${harmless(why)}`);
    done.set(dataset.name, published);
  }
  await projectHome(store, [...done.keys()].sort());
  return done;
}

export async function publish(asked: string | undefined, options: { store: string; branch?: string }): Promise<number> {
  const done = await publishAll(await findDatasets(asked), options);
  for (const [name, { released, catalogue }] of done)
    if (released.length === 0)
      out(`${name}  nothing new${catalogue.releases[0] ? `: ${catalogue.releases[0].version} is the newest` : ""}`);
  return 0;
}

export async function makeNew(name: string, options: { data: string }): Promise<number> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw new UsageError(`"${name}" cannot name a dataset: use small letters, digits and hyphens, such as river-levels`);
  const folder = join(options.data, name);
  const made = await mkdir(folder, { recursive: true });
  if (made === undefined) throw new UsageError(`${folder} exists already; nothing was written`);
  for (const [file, text] of Object.entries(starterFiles(name))) await writeFile(join(folder, file), text, { flag: "wx" });
  out(
    `${folder} is a small dataset to fill in:\n  schema.json says which tables and columns there are, things.json holds the records.\n  factpress check ${name}`,
  );
  return 0;
}
