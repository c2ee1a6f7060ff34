import { once } from "node:events";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { watch } from "chokidar";
import { directoryStore } from "../../lib/adapters/folder/directory-store.ts";
import { makeCheckedParents } from "../../lib/adapters/folder/make-checked-parents.ts";
import { readRegularFile } from "../../lib/adapters/folder/read-regular-file.ts";
import { BranchWithoutCommitError } from "../../lib/adapters/git/branch-without-commit-error.ts";
import { filesAtHead } from "../../lib/adapters/git/files-at-head.ts";
import { findGitRepository } from "../../lib/adapters/git/git-repository.ts";
import { CATALOGUE_FILE, catalogueKey } from "../../lib/contract/catalogue-key.ts";
import { documentLimit } from "../../lib/contract/document-limit.ts";
import { PACKAGE_FILE } from "../../lib/contract/release-files.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { PREVIEWS } from "../../lib/edge/edge-server.ts";
import type { Published } from "../../lib/publish/publish-job.ts";
import { offeredReleases } from "../../lib/release/offered-releases.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { readSite } from "../../lib/render/site.ts";
import { pageEnvironment } from "../../lib/site/page-environment.ts";
import { colors } from "../colors.ts";
import { everyHour } from "../every-hour.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { findPresentDatasets, NO_DATASET_LEFT } from "../find-present-datasets.ts";
import { findingsRefuse } from "../findings-refuse.ts";
import { GitContext } from "../git-context.ts";
import { out } from "../out.ts";
import { outputFolder } from "../output-folder.ts";
import { PublishedTrees } from "../published-trees.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { buildFolder } from "./build.ts";
import { openEdgeServer } from "./open-edge-server.ts";
import { parseServerPort } from "./parse-server-port.ts";
import { printPublishedBranches } from "./print-published-branches.ts";
import { type PublishOptions, publishDatasets } from "./publish.ts";
import { renewPublishedHead } from "./renew-published-head.ts";
import { closeServer, startServer } from "./start-server.ts";

/** Rebuilds the preview of a dataset; returns false if it has problems: the last preview is kept. */
async function preview(store: string, dataset: DatasetFolder, base: string): Promise<boolean> {
  const target = await makeCheckedParents(store, `${PREVIEWS}/${dataset.name}`);
  const page = join(resolve(target, ".."), `${dataset.name}.html`);
  const rows = join(resolve(target, ".."), `${dataset.name}.rows.json`);
  const checked = await buildFolder(dataset, target, {
    path: page,
    base: "",
    restPath: rows,
    rest: "rows.json",
    env: pageEnvironment("/assets/", base),
  });
  if (!checked) {
    out(`${dataset.name}  the preview shows the last state without problems`);
    return false;
  }
  await rename(page, join(target, "index.html"));
  if (existsSync(rows)) await rename(rows, join(target, "rows.json"));
  return true;
}

const failed = (error: Error): void => out(colors.red(escapeControlChars(error.message, "\n")));

/** An address of this machine, valid only while the server runs. */
const LOCAL = /^http:\/\/127\.0\.0\.1:\d+$/;

/** Publishes the branch. Pages use the address given to `publish --url`, or else that of this server. */
async function publishLocally(
  store: string,
  datasets: DatasetFolder[],
  base: string,
  options: PublishOptions,
): Promise<Map<string, Published>> {
  const { url = base } = await readSite(directoryStore(store));
  return publishDatasets(datasets, { ...options, store, ...(LOCAL.test(url) ? { url: base } : {}) });
}

/** The CSV of the first table in the newest release that is not withdrawn. */
async function firstTable(store: string, dataset: string): Promise<string | undefined> {
  const text = async (file: string): Promise<string> => {
    const key = `${dataset}/${file}`;
    return (await readRegularFile(join(store, key), documentLimit(key))).toString("utf8");
  };
  const newest = offeredReleases(parseCatalogue(Buffer.from(await text(CATALOGUE_FILE))))[0];
  if (!newest) return undefined;
  const { resources } = JSON.parse(await text(`${newest.version}/${PACKAGE_FILE}`)) as { resources: { path: string; type?: string }[] };
  return resources.find(({ type }) => type === "table")?.path;
}

async function printAddresses(store: string, datasets: DatasetFolder[], base: string): Promise<void> {
  const isReleased = ({ name }: DatasetFolder): boolean => existsSync(join(store, catalogueKey(name)));
  for (const dataset of datasets) {
    const { name } = dataset;
    const released = isReleased(dataset)
      ? `\n  page     ${base}/${name}/\n  files    ${base}/${name}/latest/datapackage.json`
      : "\n  no release yet";
    out(`${colors.bold(name)}${released}\n  preview  ${base}/${name}/preview/`);
  }
  const first = datasets.find(isReleased);
  const table = first && (await firstTable(store, first.name));
  if (table !== undefined) out(`\n  curl -sL ${base}/${first?.name}/latest/${table} | head -3`);
}

interface Following {
  /** Runs `work` after the current work. */
  queue(work: () => Promise<void>): void;
  stop(): Promise<void>;
}

/** Calls `work` after each burst of changes in datasets or branches, one call at a time. It watches once this has resolved. */
async function follow(
  datasets: readonly DatasetFolder[],
  work: (changed: ReadonlySet<DatasetFolder>) => Promise<void>,
): Promise<Following> {
  const repository = await findGitRepository(process.cwd());
  const heads = repository ? await filesAtHead(repository) : [];
  let working = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const changed = new Set<DatasetFolder>();
  // Also watches the parent folder: a deleted dataset may be restored.
  const folders = ["data", ...datasets.map(({ folder }) => folder)];
  const watcher = watch([...folders, ...heads], { ignoreInitial: true, followSymlinks: false });
  watcher.on("all", (_event, path) => {
    const at = resolve(path);
    for (const dataset of datasets)
      if (
        at === dataset.folder ||
        at === dataset.given ||
        [dataset.folder, dataset.given].some((folder) => at.startsWith(`${folder}${sep}`))
      )
        changed.add(dataset);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const these = new Set(changed);
      changed.clear();
      // Failed work is retried with the next change.
      working = working.then(() => work(these)).catch(failed);
    }, 150);
  });
  // Until then, it takes every change for what was there before.
  await once(watcher, "ready");
  return {
    queue: (other) => {
      working = working.then(other).catch(failed);
    },
    stop: async () => {
      clearTimeout(timer);
      await watcher.close();
      await working;
    },
  };
}

export async function start(options: PublishOptions & { port: string }): Promise<number> {
  const store = await outputFolder(options.store);
  const datasets = await findPresentDatasets(undefined, new GitContext(options.branch));
  if (datasets.length === 0) out(NO_DATASET_LEFT);
  // Determined by the first commit only, because branches may be added while this runs.
  let branch: string | undefined;
  const decide = async (): Promise<void> => {
    const [first] = datasets;
    if (branch !== undefined || !first) return;
    const git = new GitContext(options.branch);
    branch = (await git.publishedRepositoryOf(first.folder))?.branch.name;
    await printPublishedBranches(datasets, git);
  };
  await decide().catch((error: unknown) => {
    if (!(error instanceof BranchWithoutCommitError)) throw error;
  });
  const server = openEdgeServer(store, true);
  const port = await startServer(server, parseServerPort(options.port), 20);
  const base = `http://127.0.0.1:${port}`;
  // A preview that failed is retried with the next change of any dataset.
  const outdated = new Set(datasets);
  const previews = async (): Promise<void> => {
    let areCurrent = outdated.size > 0;
    for (const dataset of [...outdated])
      try {
        areCurrent = (await preview(store, dataset, base)) && areCurrent;
        outdated.delete(dataset);
      } catch (error) {
        // An error of one preview is printed; the others continue.
        failed(error as Error);
        areCurrent = false;
      }
    if (areCurrent && isFollowing) out("The preview is up to date.");
  };
  let isFollowing = false;
  const trees = new PublishedTrees();
  const refused = new Set<string>();
  const publish = async (): Promise<void> => {
    await decide();
    const changed = await trees.changed(datasets, branch);
    // Without any, publishing records that the last one ended.
    if (changed.datasets.length > 0 || datasets.length === 0) {
      const published = await publishLocally(store, changed.datasets, base, { ...options, ...(branch === undefined ? {} : { branch }) });
      for (const [name, result] of published)
        if (findingsRefuse(result)) refused.add(name);
        else refused.delete(name);
    }
    changed.done();
  };
  const publishing = (): Promise<void> => publish().catch(failed);
  out("Publishing the branch, and building a preview of the working folder …");
  await previews();
  await publishing();
  out("");
  await printAddresses(store, datasets, base);
  isFollowing = true;
  const following = await follow(datasets, async (changed) => {
    for (const dataset of changed) outdated.add(dataset);
    await previews();
    await publishing();
  });
  out("\nWatching for changes. Press Ctrl-C to stop.");
  // Refused commits may depend on the clock, and the signed head is renewed every day, even without changes.
  const renew = async (): Promise<void> => {
    if (refused.size > 0) trees.forget(refused);
    await publish();
    await renewPublishedHead({ ...options, store });
  };
  const stopRenewing = everyHour(() => following.queue(renew));
  await untilInterrupted();
  stopRenewing();
  await closeServer(server);
  await following.stop();
  return refused.size > 0 ? 1 : 0;
}
