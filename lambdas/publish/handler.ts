import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { keyValueStoreAliases } from "../../lib/adapters/aws/aliases-keyvaluestore.ts";
import { kmsSigner } from "../../lib/adapters/aws/signer-kms.ts";
import { s3Store } from "../../lib/adapters/aws/store-s3.ts";
import { folderWorkspace } from "../../lib/adapters/folder/workspace-folder.ts";
import { engineHere } from "../../lib/adapters/threads/engine-inline.ts";
import { sqlThread } from "../../lib/adapters/threads/sql-thread.ts";
import { isSqlThread, runSqlThread } from "../../lib/adapters/threads/sql-worker.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { GENERATOR } from "../../lib/contract/generator.ts";
import { cacheControl, contentType } from "../../lib/edge/headers.ts";
import type { Signer, Store } from "../../lib/ports/ports.ts";
import type { Runtime } from "../../lib/ports/runtime.ts";
import { forgetCursor } from "../../lib/publish/publish-cursor.ts";
import { publishDataset, publishEach } from "../../lib/publish/publish-dataset.ts";
import type { Published } from "../../lib/publish/publishing.ts";
import { writeSite } from "../../lib/render/site.ts";
import { signHead } from "../../lib/verify/sign-head.ts";
import {
  emptyTemporaryFolder,
  type Forge,
  LIMITS,
  type PublishMessage,
  setting,
  type Tick,
  temporaryFolder,
  withForge,
} from "../lambda-context.ts";
import { errorFields, logger, metrics, publishMetrics } from "../observability.ts";
import { type Outcomes, verdictOf } from "./verdict.ts";

// The bundle starts itself a second time, as the thread that checks of datasets run in.
if (isSqlThread()) runSqlThread();

/** A run makes so many releases of a dataset and leaves the rest to the next, well within the function's time. */
const MAX_RELEASES = 10;

const RUNTIME: Runtime = {
  startEngine: engineHere,
  startSql: sqlThread,
  openWorkspace: () => folderWorkspace(temporaryFolder()),
  now: () => new Date(),
  generator: GENERATOR,
  say: (line) => logger.info(line),
};

let signer: Promise<Signer> | undefined;
const kms = (): Promise<Signer> => {
  signer ??= kmsSigner(setting("SIGNING_KEY_ARN"));
  // Whoever awaits it learns of the failure; the next message tries again.
  signer.catch(() => {
    signer = undefined;
  });
  return signer;
};

const storeOf = (): Store =>
  s3Store({
    bucket: setting("BUCKET"),
    headersOf: (key) => ({ contentType: contentType(key), cacheControl: cacheControl(key) }),
  });

async function publishAll({ code, branch, dataFolder, webUrl }: Forge): Promise<Outcomes & { tip: string }> {
  const store = storeOf();
  const aliases = keyValueStoreAliases(setting("KEY_VALUE_STORE_ARN"));
  const tip = await code.tip(branch);
  const { tree } = await code.commit(tip);
  // Another folder is no dataset: its name could not be part of an address.
  await writeSite(store, { url: setting("SITE_URL"), repository: { url: webUrl, data: dataFolder } });
  const names = (await code.foldersAt(tree, dataFolder)).filter(isDatasetName);
  const publishOne = async (dataset: string): Promise<Published> => {
    logger.appendKeys({ dataset });
    return publishDataset({
      dataset,
      history: code.history(branch, `${dataFolder}/${dataset}`, LIMITS),
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

async function publish(forge: Forge, sha: string | undefined, delivery: string): Promise<void> {
  const { tip, ...outcomes } = await publishAll(forge);
  const published = [...outcomes.published.values()];
  measure(outcomes);
  const asked = new Set([sha, tip].filter((commit) => commit !== undefined));
  const commits = new Set(asked);
  // What an earlier run found, it said: only the newest commit and the one that was asked about are told again.
  for (const { released, passedOver, warnings } of published)
    for (const { commit } of [...released, ...[...passedOver, ...warnings].filter(({ known }) => !known)]) if (commit) commits.add(commit);
  if (published.some(({ more }) => more)) {
    // The message names no commit that matters: the next run reads the branch.
    const message: PublishMessage = { sha: tip, delivery: `${delivery}-more`.slice(-100) };
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: setting("PUBLISH_QUEUE_URL"),
        MessageBody: JSON.stringify(message),
        MessageGroupId: setting("REPOSITORY"),
        MessageDeduplicationId: `${message.delivery}-${published.map(({ catalogue }) => catalogue.releases.length).join("-")}`.slice(-128),
      }),
    );
    commits.delete(tip);
  }
  try {
    for (const commit of commits) {
      // A failure is told where the next run tells its end: on other commits it would stay for ever.
      const seen = asked.has(commit) ? outcomes : { ...outcomes, failures: new Map<string, Error>() };
      const place = { site: setting("SITE_URL"), dataFolder: forge.dataFolder, tip };
      await forge.reporter.verdict(commit, "Factpress publish", verdictOf(commit, seen, place));
    }
  } catch (error) {
    // Not everything was said: the next run finds it again.
    for (const dataset of outcomes.published.keys()) await forgetCursor(storeOf(), dataset);
    throw error;
  }
  for (const failure of outcomes.failures.values()) throw failure;
  if (outcomes.headFailure) throw outcomes.headFailure;
}

/** Publishes what the branch holds beyond the newest releases. One message at a time; a schedule does the same. */
export async function handler(event: SQSEvent | Tick, _context: Context): Promise<SQSBatchResponse | undefined> {
  const failed: SQSBatchResponse["batchItemFailures"] = [];
  try {
    await emptyTemporaryFolder();
    if ("tick" in event) {
      await withForge((forge) => publish(forge, undefined, "tick"));
      return undefined;
    }
    for (const { body, messageId } of event.Records) {
      // In a queue with an order, what comes after a failure waits for it.
      if (failed.length > 0) {
        failed.push({ itemIdentifier: messageId });
        continue;
      }
      try {
        const { sha, delivery } = JSON.parse(body) as PublishMessage;
        logger.appendKeys({ commit: sha, delivery });
        await withForge((forge) => publish(forge, sha, delivery));
      } catch (error) {
        // Every failure is logged, and its message is tried again.
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
