import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { engineThreads } from "../../lib/adapters/engine-threads.ts";
import { GENERATOR } from "../../lib/adapters/generator.ts";
import { folderSource } from "../../lib/adapters/source-folder.ts";
import { folderWorkspace } from "../../lib/adapters/workspace-folder.ts";
import { buildTables, finishRelease } from "../../lib/pipeline/build-release.ts";
import { type Checked, checkDataset } from "../../lib/pipeline/check-dataset.ts";
import type { ReleaseFolder, Workspace } from "../../lib/pipeline/ports.ts";
import { type PagePlace, pageOf } from "../../lib/pipeline/release-page.ts";
import { emptyCatalogue } from "../../lib/release/catalogue.ts";
import { releasePage } from "../../lib/site/page.tsx";
import { STYLE } from "../../lib/site/style.ts";
import { type DatasetFolder, findDatasets, UsageError } from "../datasets.ts";
import { colors, out, printProblems } from "../terminal.ts";
import { counts } from "./check.ts";

/** What was written to a workspace, as a release folder. */
const workspaceFolder = ({ read }: Workspace): ReleaseFolder => ({
  async bytes(name) {
    const all: Uint8Array[] = [];
    for await (const chunk of read(name)) all.push(chunk);
    return Buffer.concat(all);
  },
  read,
});

/** Builds what a folder holds, as a release folder without a number, and its page. Undefined where it has problems. */
export async function buildFolder(
  dataset: DatasetFolder,
  target: string,
  page: { path: string } & PagePlace,
): Promise<Checked | undefined> {
  const source = folderSource(dataset.folder);
  const checked = await checkDataset(source, engineThreads, dataset.name);
  if (!checked.dataset || checked.problemCount > 0) {
    printProblems(dataset, checked);
    return undefined;
  }
  const workspace = await folderWorkspace(resolve(target, ".."));
  try {
    const tables = await buildTables(checked.dataset, source, engineThreads, workspace);
    if (tables.problemCount > 0) throw new Error(`${dataset.shown} changed while it was built`);
    const facts = { commit: null, date: null, previous: null, generator: GENERATOR };
    await finishRelease(checked.dataset, facts, tables.artifacts, workspace);
    const place = { base: page.base, styleUrl: page.styleUrl };
    const catalogue = emptyCatalogue(checked.dataset.metadata.name);
    const html = await releasePage(await pageOf(workspaceFolder(workspace), null, catalogue, true, place));
    await workspace.commit(target);
    await writeFile(page.path, html);
    return checked;
  } finally {
    await workspace.discard();
  }
}

/** Only what an earlier build made is replaced: anything else there may be somebody's work. */
function mayReplace(target: string, shown: string): void {
  if (!existsSync(target)) return;
  const names = readdirSync(target);
  if (names.length === 0 || (names.includes("SHA256SUMS") && names.includes("datapackage.json") && !names.includes("dataset.json"))) return;
  throw new UsageError(`${shown} exists and was not made by factpress build; nothing was written. Name another folder with --out.`);
}

export async function build(asked: string | undefined, options: { out: string }): Promise<number> {
  let failed = false;
  for (const dataset of await findDatasets(asked)) {
    const target = resolve(options.out, dataset.name);
    mayReplace(target, relative(process.cwd(), target) || ".");
    const checked = await buildFolder(dataset, target, { path: `${target}.html`, base: `${dataset.name}/`, styleUrl: "style.css" });
    if (checked) await writeFile(resolve(options.out, "style.css"), STYLE);
    if (checked) out(`${colors.bold(relative(process.cwd(), target) || ".")}  ${counts(checked)}`);
    else failed = true;
  }
  return failed ? 1 : 0;
}
