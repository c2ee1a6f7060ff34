import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, dirname, relative, resolve } from "node:path";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { folderWorkspace } from "../../lib/adapters/folder/folder-workspace.ts";
import { writeChecked } from "../../lib/adapters/folder/write-checked.ts";
import { buildDataset } from "../../lib/build/build-dataset.ts";
import { finishRelease } from "../../lib/build/finish-release.ts";
import type { Checked } from "../../lib/check/check-dataset.ts";
import { DATASET_FILE } from "../../lib/contract/dataset-files.ts";
import { MANIFEST_FILE, PACKAGE_FILE } from "../../lib/contract/release-files.ts";
import type { ReleaseFolder, Workspace } from "../../lib/ports/ports.ts";
import { readWhole } from "../../lib/ports/read-whole.ts";
import { emptyCatalogue } from "../../lib/release/catalogue.ts";
import { loadRelease, type PageAddresses } from "../../lib/render/load-release.ts";
import { ASSETS } from "../../lib/site/assets.ts";
import { pageEnvironment } from "../../lib/site/page-environment.ts";
import { releasePage } from "../../lib/site/pages.tsx";
import { colors } from "../colors.ts";
import { type DatasetFolder, findDatasets } from "../find-datasets.ts";
import { out } from "../out.ts";
import { outputFolder } from "../output-folder.ts";
import { pathToWrite } from "../path-to-write.ts";
import { printProblems } from "../print-problems.ts";
import { RUNTIME } from "../runtime.ts";
import { UsageError } from "../usage-error.ts";
import { checkedCounts } from "./checked-counts.ts";

/** The files of a workspace that were just built, as a release folder. */
const workspaceFolder = ({ read }: Workspace): ReleaseFolder => ({
  bytes: (name) => readWhole(read(name)),
  read,
  countedTables: RUNTIME.countedTables,
});

/** Builds a folder as a release without a version, and its page. Returns undefined if it has problems. */
export async function buildFolder(
  dataset: DatasetFolder,
  target: string,
  page: { path: string; restPath: string } & PageAddresses,
): Promise<Checked | undefined> {
  const workspace = await folderWorkspace(resolve(target, ".."));
  try {
    const built = await buildDataset(folderSource(dataset.folder), RUNTIME, { folder: dataset.name, workspace });
    if (!built.dataset || built.problemCount > 0) {
      printProblems(dataset, built);
      return undefined;
    }
    const facts = { commit: null, date: null, previous: null, generator: RUNTIME.generator };
    await finishRelease(built.dataset, facts, { tables: built.artifacts, workspace });
    const catalogue = emptyCatalogue(built.dataset.metadata.name);
    const loaded = await loadRelease(workspaceFolder(workspace), { version: null, catalogue, isNewest: true }, page);
    const html = await releasePage(loaded.page);
    await workspace.commit(target);
    // Delete the rows of an earlier build.
    if (loaded.rest === undefined) await rm(page.restPath, { force: true });
    else await writeChecked(dirname(page.restPath), basename(page.restPath), loaded.rest);
    await writeChecked(dirname(page.path), basename(page.path), html);
    return built;
  } finally {
    await workspace.discard();
  }
}

/** Throws unless the target is empty or the output of an earlier build. */
function mayReplace(target: string, shown: string): void {
  if (!existsSync(target)) return;
  const names = readdirSync(target);
  if (names.length === 0 || (names.includes(MANIFEST_FILE) && names.includes(PACKAGE_FILE) && !names.includes(DATASET_FILE))) return;
  throw new UsageError(`${shown} exists and was not made by factpress build; nothing was written. Name another folder with --out.`);
}

/** Writes the assets of pages to a folder beside them. */
async function writeAssets(out: string): Promise<void> {
  for (const { name, bytes } of ASSETS) await writeChecked(out, `assets/${name}`, bytes);
}

export async function build(nameOrPath: string | undefined, options: { out: string }): Promise<number> {
  let failed = false;
  const folder = await outputFolder(options.out);
  for (const dataset of await findDatasets(nameOrPath)) {
    const target = await pathToWrite(resolve(folder, dataset.name));
    mayReplace(target, relative(process.cwd(), target) || ".");
    const checked = await buildFolder(dataset, target, {
      path: `${target}.html`,
      base: `${dataset.name}/`,
      restPath: `${target}.rows.json`,
      rest: `${dataset.name}.rows.json`,
      env: pageEnvironment("assets/", undefined),
    });
    if (checked) await writeAssets(folder);
    if (checked) out(`${colors.bold(relative(process.cwd(), target) || ".")}  ${checkedCounts(checked)}`);
    else failed = true;
  }
  return failed ? 1 : 0;
}
