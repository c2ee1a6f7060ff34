import { tmpdir } from "node:os";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { keyValueStoreAliases } from "../../lib/adapters/aliases-keyvaluestore.ts";
import { engineHere } from "../../lib/adapters/engine-here.ts";
import { GENERATOR } from "../../lib/adapters/generator.ts";
import type { Verdict } from "../../lib/adapters/reporter-github.ts";
import { kmsSigner } from "../../lib/adapters/signer-kms.ts";
import { sqlThread } from "../../lib/adapters/sql-thread.ts";
import { isSqlThread, runSqlThread } from "../../lib/adapters/sql-worker.ts";
import { s3Store } from "../../lib/adapters/store-s3.ts";
import { folderWorkspace } from "../../lib/adapters/workspace-folder.ts";
import type { Problem } from "../../lib/dataset/problem.ts";
import { cacheControl, contentType } from "../../lib/edge/headers.ts";
import type { Signer } from "../../lib/pipeline/ports.ts";
import { projectHome } from "../../lib/pipeline/project-dataset.ts";
import { type Published, publishDataset } from "../../lib/pipeline/publish-dataset.ts";
import { writeSite } from "../../lib/pipeline/site.ts";
import { errorFields, logger, metrics, publishMetrics } from "../observability.ts";
import { type Forge, LIMITS, type PublishMessage, setting, type Tick, withForge } from "../surroundings.ts";

// The bundle starts itself a second time, as the thread that checks of datasets run in.
if (isSqlThread()) runSqlThread();

/** A run makes so many releases of a dataset and leaves the rest to the next, well within the function's time. */
const MAX_RELEASES = 10;

let signer: Promise<Signer> | undefined;
const kms = (): Promise<Signer> => {
  signer ??= kmsSigner(setting("SIGNING_KEY_ARN"));
  signer.catch(() => {
    signer = undefined;
  });
  return signer;
};

type Outcomes = Map<string, Published>;

async function publishAll({ code, branch, dataFolder, webUrl }: Forge): Promise<{ outcomes: Outcomes; tip: string; failure: unknown }> {
  const store = s3Store({
    bucket: setting("BUCKET"),
    headersOf: (key) => ({ contentType: contentType(key), cacheControl: cacheControl(key) }),
  });
  const aliases = keyValueStoreAliases(setting("KEY_VALUE_STORE_ARN"));
  const tip = await code.tip(branch);
  const { tree } = await code.commit(tip);
  const outcomes: Outcomes = new Map();
  let failure: unknown;
  // Another folder is no dataset: its name could not be part of an address.
  await writeSite(store, { url: setting("SITE_URL"), repository: { url: webUrl, data: dataFolder } });
  const names = (await code.foldersAt(tree, dataFolder)).filter((name) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name));
  for (const dataset of names) {
    logger.appendKeys({ dataset });
    const job = {
      dataset,
      history: code.history(branch, `${dataFolder}/${dataset}`, LIMITS),
      store,
      aliases,
      startEngine: engineHere,
      startSql: sqlThread,
      openWorkspace: () => folderWorkspace(tmpdir()),
      now: () => new Date(),
      generator: GENERATOR,
      signer: await kms(),
      maxReleases: MAX_RELEASES,
      say: (line: string) => logger.info(line),
    };
    try {
      outcomes.set(dataset, await publishDataset(job));
    } catch (error) {
      // One dataset that cannot be published does not keep the others waiting.
      logger.error("not published", errorFields(error));
      failure ??= error;
    }
  }
  logger.removeKeys(["dataset"]);
  await projectHome(store, [...outcomes.keys()]);
  return { outcomes, tip, failure };
}

/** What the check run of a commit says: a function of what is published, so that a repetition says the same. */
function verdictOf(sha: string, outcomes: Outcomes, dataFolder: string): Verdict {
  const site = setting("SITE_URL");
  const lines: string[] = [];
  const problems: Problem[] = [];
  let title = "";
  let failed = false;
  for (const [dataset, { catalogue, passedOver }] of outcomes) {
    const release = catalogue.releases.find(({ commit }) => commit === sha);
    const passed = passedOver.find(({ commit }) => commit === sha);
    if (release) {
      title ||= `published ${release.version}`;
      lines.push(`- **${dataset}**: published [${release.version}](${site}/${dataset}/${release.version}/) (${release.level})`);
    } else if (passed) {
      failed ||= passed.problems.length > 0;
      title = passed.problems.length > 0 ? "not published" : title;
      lines.push(`- **${dataset}**: not published. ${passed.problems.length > 0 ? "What is wrong stands at its lines." : passed.why}`);
      problems.push(
        ...passed.problems.map((problem) => ({
          ...problem,
          file: `${dataFolder}/${dataset}/${problem.file === "." ? "dataset.json" : problem.file}`,
        })),
      );
    } else {
      const newest = catalogue.releases[0];
      lines.push(
        `- **${dataset}**: nothing new${newest ? `; the newest is [${newest.version}](${site}/${dataset}/${newest.version}/)` : ""}`,
      );
    }
  }
  return {
    conclusion: failed ? "failure" : "success",
    title: title || "nothing new",
    summary: lines.join("\n") || "There is no dataset.",
    problems,
    problemCount: problems.length,
    url: site,
  };
}

function measure(outcomes: Outcomes): void {
  for (const { released } of outcomes.values())
    for (const { version, date, commit } of released) {
      metrics.addMetric("Releases", MetricUnit.Count, 1);
      if (date) metrics.addMetric("MergeToRelease", MetricUnit.Seconds, Math.max(0, (Date.now() - Date.parse(date)) / 1000));
      logger.info("released", { version, commit });
    }
}

const sqs = new SQSClient({});

async function publish(forge: Forge, sha: string | undefined, delivery: string): Promise<void> {
  const { outcomes, tip, failure } = await publishAll(forge);
  measure(outcomes);
  const commits = new Set([sha, tip].filter((commit) => commit !== undefined));
  for (const { released, passedOver } of outcomes.values()) {
    for (const { commit } of released) if (commit) commits.add(commit);
    for (const { commit } of passedOver) if (commit) commits.add(commit);
  }
  if ([...outcomes.values()].some(({ more }) => more)) {
    // The message names no commit that matters: the next run reads the branch.
    const message: PublishMessage = { sha: tip, delivery: `${delivery}-more`.slice(-100) };
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: setting("PUBLISH_QUEUE_URL"),
        MessageBody: JSON.stringify(message),
        MessageGroupId: setting("REPOSITORY"),
        MessageDeduplicationId:
          `${message.delivery}-${[...outcomes.values()].map(({ catalogue }) => catalogue.releases.length).join("-")}`.slice(-128),
      }),
    );
    commits.delete(tip);
  }
  for (const commit of commits) await forge.reporter.verdict(commit, "Factpress publish", verdictOf(commit, outcomes, forge.dataFolder));
  if (failure) throw failure;
}

/** Publishes what the branch holds beyond the newest releases. One message at a time; a schedule does the same. */
export async function handler(event: SQSEvent | Tick, _context: Context): Promise<SQSBatchResponse | undefined> {
  const failed: SQSBatchResponse["batchItemFailures"] = [];
  try {
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
