import { existsSync } from "node:fs";
import { join } from "node:path";
import { hasErrorCode } from "../../lib/adapters/folder/has-error-code.ts";
import { readRegularFile } from "../../lib/adapters/folder/read-regular-file.ts";
import { CATALOGUE_FILE, catalogueObjectKey } from "../../lib/contract/catalogue-object-key.ts";
import { documentLimit } from "../../lib/contract/document-limit.ts";
import { PACKAGE_FILE } from "../../lib/contract/release-files.ts";
import { CatalogueError } from "../../lib/release/catalogue-error.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { releasesInForce } from "../../lib/release/releases-in-force.ts";
import { colors } from "../colors.ts";
import { everyHour } from "../every-hour.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { findPresentDatasets, NO_DATASET_LEFT } from "../find-present-datasets.ts";
import { GitContext } from "../git-context.ts";
import { out } from "../out.ts";
import { outputFolder } from "../output-folder.ts";
import { printFailure } from "../print-failure.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { followChanges } from "./follow-changes.ts";
import { LocalPreviews } from "./local-previews.ts";
import { LocalPublisher } from "./local-publisher.ts";
import { openEdgeServer } from "./open-edge-server.ts";
import { parseServerPort } from "./parse-server-port.ts";
import type { PublishOptions } from "./publish.ts";
import { closeServer, startServer } from "./start-server.ts";

/**
 * The CSV of the first table in the newest release that is not withdrawn. Undefined if the catalogue or the release is damaged, which
 * publishing reports.
 */
async function firstTable(store: string, dataset: string): Promise<string | undefined> {
  try {
    return await readFirstTable(store, dataset);
  } catch (error) {
    if (error instanceof CatalogueError || error instanceof SyntaxError || hasErrorCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

async function readFirstTable(store: string, dataset: string): Promise<string | undefined> {
  const text = async (file: string): Promise<string> => {
    const key = `${dataset}/${file}`;
    return (await readRegularFile(join(store, key), documentLimit(key))).toString("utf8");
  };
  const newest = releasesInForce(parseCatalogue(Buffer.from(await text(CATALOGUE_FILE))))[0];
  if (!newest) return undefined;
  const { resources } = JSON.parse(await text(`${newest.version}/${PACKAGE_FILE}`)) as { resources: { path: string; type?: string }[] };
  return resources.find(({ type }) => type === "table")?.path;
}

async function printAddresses(store: string, datasets: DatasetFolder[], base: string): Promise<void> {
  const isReleased = ({ name }: DatasetFolder): boolean => existsSync(join(store, catalogueObjectKey(name)));
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

/** Publishes, and follows changes until interrupted. `base`: address of the server. */
async function serveChanges(base: string, datasets: DatasetFolder[], { store, publisher }: { store: string; publisher: LocalPublisher }) {
  const previews = new LocalPreviews(store, base, datasets);
  out("Publishing the branch, and building a preview of the working folder …");
  await previews.update();
  await publisher.publish(base).catch(printFailure);
  out("");
  await printAddresses(store, datasets, base);
  const following = await followChanges(datasets, async (changed) => {
    if (await previews.update(changed)) out("The preview is up to date.");
    await publisher.publish(base).catch(printFailure);
  });
  out("\nWatching for changes. Press Ctrl-C to stop.");
  const stopRenewing = everyHour(() => following.queue(() => publisher.renew(base)));
  await untilInterrupted();
  stopRenewing();
  await following.stop();
}

export async function start(options: PublishOptions & { port: string }): Promise<number> {
  const store = await outputFolder(options.store);
  const datasets = await findPresentDatasets(undefined, new GitContext(options.branch));
  if (datasets.length === 0) out(NO_DATASET_LEFT);
  const publisher = new LocalPublisher(datasets, { ...options, store });
  await publisher.findBranch();
  const server = openEdgeServer(store, true);
  const port = await startServer(server, parseServerPort(options.port), 20);
  try {
    await serveChanges(`http://127.0.0.1:${port}`, datasets, { store, publisher });
  } finally {
    // Open connections would keep the process alive after a failure.
    await closeServer(server);
  }
  return publisher.isRefused ? 1 : 0;
}
