import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { keyValueStoreAliases } from "../../lib/adapters/aws/key-value-store-aliases.ts";
import { kmsSigner } from "../../lib/adapters/aws/kms-signer.ts";
import { s3Store } from "../../lib/adapters/aws/s3-store.ts";
import { folderWorkspace } from "../../lib/adapters/folder/folder-workspace.ts";
import { inlineEngine } from "../../lib/adapters/threads/inline-engine.ts";
import { sqlThread } from "../../lib/adapters/threads/sql-thread.ts";
import { isSqlThread, runSqlThread } from "../../lib/adapters/threads/sql-worker.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { GENERATOR } from "../../lib/contract/generator.ts";
import { cacheControl } from "../../lib/edge/cache-control.ts";
import { contentType } from "../../lib/edge/content-type.ts";
import type { Signer, Store } from "../../lib/ports/ports.ts";
import type { Runtime } from "../../lib/ports/runtime.ts";
import { forgetCursor } from "../../lib/publish/publish-cursor.ts";
import { publishDataset, publishEach } from "../../lib/publish/publish-dataset.ts";
import type { Published } from "../../lib/publish/publish-job.ts";
import { writeSite } from "../../lib/render/site.ts";
import { signHead } from "../../lib/verify/sign-head.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import type { PublishMessage, Tick } from "../messages.ts";
import { metrics, publishMetrics } from "../metrics.ts";
import { setting } from "../setting.ts";
import { emptyTemporaryFolder, temporaryFolder } from "../temporary-folder.ts";
import { type ForgeContext, LIMITS, withForge } from "../with-forge.ts";
import { type Outcomes, publishVerdict } from "./publish-verdict.ts";

// The bundle is also the program of the thread that SQL checks run in.
if (isSqlThread()) runSqlThread();

/** Maximum releases of a dataset in one run: well within the function's time. The next run makes the rest. */
const MAX_RELEASES = 10;

const RUNTIME: Runtime = {
  startEngine: inlineEngine,
  startSql: sqlThread,
  openWorkspace: () => folderWorkspace(temporaryFolder()),
  now: () => new Date(),
  generator: GENERATOR,
  log: (line) => logger.info(line),
};

let signer: Promise<Signer> | undefined;
const kms = (): Promise<Signer> => {
  signer ??= kmsSigner(setting("SIGNING_KEY_ARN"));
  // The caller awaits it and gets the error; the next message tries again.
  signer.catch(() => {
    signer = undefined;
  });
  return signer;
};

const openStore = (): Store =>
  s3Store({
    bucket: setting("BUCKET"),
    headersOf: (key) => ({ contentType: contentType(key), cacheControl: cacheControl(key) }),
  });

async function publishAll({ forge, branch, dataFolder }: ForgeContext): Promise<Outcomes & { tip: string }> {
  const store = openStore();
  const aliases = keyValueStoreAliases(setting("KEY_VALUE_STORE_ARN"));
  const tip = await forge.tip(branch);
  const { tree } = await forge.commit(tip);
  await writeSite(store, { url: setting("SITE_URL"), repository: { url: forge.webUrl, data: dataFolder } });
  // Folders with other names are not datasets: the name is part of an address.
  const names = (await forge.folderNames(tree, dataFolder)).filter(isDatasetName);
  const publishOne = async (dataset: string): Promise<Published> => {
    logger.appendKeys({ dataset });
    return publishDataset({
      dataset,
      history: forge.history(branch, `${dataFolder}/${dataset}`, LIMITS),
      store,
      aliases,
      runtime: RUNTIME,
      signer: await kms(),
      maxReleases: MAX_RELEASES,
    });
  };
  const outcomes = await publishEach(
    store,
    names,
    publishOne,
    (_name, error) => logger.error("not published", errorFields(error)),
    async () => signHead({ store, signer: await kms(), runtime: RUNTIME, isScheduled: true }),
  );
  logger.removeKeys(["dataset"]);
  return { ...outcomes, tip };
}

function measure({ published }: Outcomes): void {
  for (const { released } of published.values())
    for (const { version, date, commit } of released) {
      metrics.addMetric("Releases", MetricUnit.Count, 1);
      if (date) metrics.addMetric("MergeToRelease", MetricUnit.Seconds, Math.max(0, (Date.now() - Date.parse(date)) / 1000));
      logger.info("released", { version, commit });
    }
}

const sqs = new SQSClient({});

/** Has the next run make the remaining releases. Its message names no commit that matters: the run reads the branch. */
async function queueNextRun(published: readonly Published[], tip: string, delivery: string): Promise<void> {
  const message: PublishMessage = { sha: tip, delivery: `${delivery}-more`.slice(-100) };
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: setting("PUBLISH_QUEUE_URL"),
      MessageBody: JSON.stringify(message),
      MessageGroupId: setting("REPOSITORY"),
      MessageDeduplicationId: `${message.delivery}-${published.map(({ catalogue }) => catalogue.releases.length).join("-")}`.slice(-128),
    }),
  );
}

async function publish(context: ForgeContext, { sha, delivery }: { sha?: string; delivery: string }): Promise<void> {
  const { tip, ...outcomes } = await publishAll(context);
  const published = [...outcomes.published.values()];
  measure(outcomes);
  const requested = new Set([sha, tip].filter((commit) => commit !== undefined));
  const commits = new Set(requested);
  // Earlier runs have reported their findings: of those, only the tip and the requested commit are reported again.
  for (const { released, unreleased, warnings } of published)
    for (const { commit } of [...released, ...[...unreleased, ...warnings].filter(({ known }) => !known)]) if (commit) commits.add(commit);
  if (published.some(({ more }) => more)) {
    await queueNextRun(published, tip, delivery);
    commits.delete(tip);
  }
  try {
    for (const commit of commits) {
      // Failures are reported only where the next run will report again: on other commits they would stay forever.
      const reported = requested.has(commit) ? outcomes : { ...outcomes, failures: new Map<string, Error>() };
      const links = { site: setting("SITE_URL"), dataFolder: context.dataFolder, tip };
      await context.forge.report(commit, "Factpress publish", publishVerdict(commit, reported, links));
    }
  } catch (error) {
    // Some commits were not reported: the next run must find them again.
    for (const dataset of outcomes.published.keys()) await forgetCursor(openStore(), dataset);
    throw error;
  }
  for (const failure of outcomes.failures.values()) throw failure;
  if (outcomes.headFailure) throw outcomes.headFailure;
}

/** Publishes pending commits of the branch. Messages come one at a time; a schedule does the same. */
export async function handler(event: SQSEvent | Tick, _context: Context): Promise<SQSBatchResponse | undefined> {
  const failed: SQSBatchResponse["batchItemFailures"] = [];
  try {
    await emptyTemporaryFolder();
    if ("tick" in event) {
      await withForge((context) => publish(context, { delivery: "tick" }));
      return undefined;
    }
    for (const { body, messageId } of event.Records) {
      // The queue is ordered: messages after a failed one wait for it.
      if (failed.length > 0) {
        failed.push({ itemIdentifier: messageId });
        continue;
      }
      try {
        const message = JSON.parse(body) as PublishMessage;
        logger.appendKeys({ commit: message.sha, delivery: message.delivery });
        await withForge((context) => publish(context, message));
      } catch (error) {
        // Every failure is logged; the message is retried.
        logger.error("not published", errorFields(error));
        failed.push({ itemIdentifier: messageId });
      }
      logger.resetKeys();
    }
    return { batchItemFailures: failed };
  } catch (error) {
    logger.error("not published", errorFields(error));
    throw error;
  } finally {
    publishMetrics();
  }
}
