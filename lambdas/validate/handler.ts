import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { statusOf } from "../../lib/adapters/github/github-client.ts";
import type { Verdict } from "../../lib/adapters/github/reporter-github.ts";
import { copySource } from "../../lib/adapters/github/source-github.ts";
import { checkIsolated, type IsolatedResult, isIsolated, runIsolated } from "../../lib/adapters/threads/isolated-check.ts";
import { isSqlThread, runSqlThread } from "../../lib/adapters/threads/sql-worker.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import { Unreadable } from "../../lib/ports/ports.ts";
import { escapeMarkdown, neutralizeMentions } from "../../lib/release/markdown.ts";
import {
  emptyTemporaryFolder,
  type Forge,
  LIMITS,
  limitRequests,
  setting,
  type Tick,
  temporaryFolder,
  type ValidateMessage,
  withForge,
} from "../lambda-context.ts";
import { errorFields, logger, metrics, publishMetrics } from "../observability.ts";
import { type InnerCommit, innerCommits, isRebaseOnly, rebaseNote, TOO_MANY } from "./inner-commits.ts";

// The bundle starts itself again, as the thread that strangers' files are checked in, and as the one that their SQL runs in.
if (!isMainThread && isIsolated()) await runIsolated();
if (isSqlThread()) runSqlThread();

/** A dataset's check is ended after so long, or earlier where the function's own time is short. */
const DEADLINE_SECONDS = Number(process.env["CHECK_DEADLINE_SECONDS"] ?? 90);
/** What is left for reporting when all checks are over. */
const REPORT_SECONDS = 30;
/** Requests for files that one commit may cost; the App has 5,000 an hour for everybody. */
limitRequests(1_500);
const MAX_DATASETS = 50;
const HEAP_MB = 1_024;

interface Checked extends IsolatedResult {
  dataset: string;
}

const notChecked = (dataset: string, message: string): Checked => ({
  dataset,
  problems: [{ file: ".", line: 0, column: 0, message }],
  problemCount: 1,
  records: new Map(),
});

/** Fetches one dataset of a commit, and of the commit that it left the branch at, and checks it. */
async function checkOne(
  { code, dataFolder, branch }: Forge,
  dataset: string,
  tree: string,
  base: string | null,
  seconds: number,
): Promise<Checked> {
  if (seconds < 1) return notChecked(dataset, "There was no time left to check it: the datasets before it took too long");
  if (!isDatasetName(dataset)) return notChecked(dataset, "The folder's name is no name of a dataset: small letters, digits and hyphens");
  const path = `${dataFolder}/${dataset}`;
  const now = await code.treeAt(tree, path);
  if (now === null) return { dataset, problems: [], problemCount: 0, records: new Map() };
  const before = base === null ? null : await code.treeAt(base, path);
  const folder = join(temporaryFolder(), dataset);
  const at = (name: string): string => join(folder, name);
  try {
    for (const name of ["now", "before", "work"]) await mkdir(at(name), { recursive: true });
    await copySource(code.source(now, LIMITS), at("now"));
    if (before !== null) await copySource(code.source(before, LIMITS), at("before"));
    const check = {
      folder: at("now"),
      name: dataset,
      ...(before === null ? {} : { base: { folder: at("before"), name: branch } }),
      temporary: at("work"),
      deadlineSeconds: Math.min(DEADLINE_SECONDS, seconds),
      heapMB: HEAP_MB,
    };
    const result = await checkIsolated(check, new URL(import.meta.url));
    return { dataset, ...result, ...(base === null ? { notCompared: `it shares no commit with ${branch}` } : {}) };
  } catch (error) {
    // What GitHub or AWS refuse is tried again; what a dataset makes the check stumble over is its verdict.
    if (statusOf(error) !== undefined || (error as { $metadata?: object }).$metadata) throw error;
    if (!(error instanceof Unreadable)) logger.warn("could not be checked", errorFields(error));
    return notChecked(dataset, error instanceof Unreadable ? error.message : `It could not be checked: ${(error as Error).message}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const counts = ({ records }: Checked): string => [...records].map(([table, count]) => `${count} ${table}`).join(", ");

/** What a change would do, one part a dataset that it touches. */
function describe(checked: readonly Checked[]): string {
  const parts = checked.map(({ dataset, problemCount, change, notCompared }) => {
    if (problemCount > 0)
      return `**${escapeMarkdown(dataset)}**: ${problemCount} problem${problemCount > 1 ? "s" : ""}. They stand at their lines in the files of this pull request, and in the check.`;
    if (notCompared !== undefined)
      return `**${escapeMarkdown(dataset)}**: no problems. What this changes for readers could not be told: ${escapeMarkdown(notCompared)}.`;
    if (!change) return `**${escapeMarkdown(dataset)}**: no problems.`;
    if (change.level === "none") return `**${escapeMarkdown(dataset)}**: no problems, and nothing a reader gets changes.`;
    return `**${escapeMarkdown(dataset)}**: no problems. Merged, this makes a **${change.level}** release.\n\n<details><summary>What changes</summary>\n\n${change.markdown}\n</details>`;
  });
  return parts.length > 0 ? parts.join("\n\n") : "No dataset is touched.";
}

function verdictOf(checked: readonly Checked[], dataFolder: string): Verdict {
  const problems: Problem[] = checked.flatMap(({ dataset, problems, change }) =>
    [...problems, ...(change?.problems ?? [])].map((problem) => ({
      ...problem,
      file: problem.file === "." ? `${dataFolder}/${dataset}/dataset.json` : `${dataFolder}/${dataset}/${problem.file}`,
    })),
  );
  const problemCount = checked.reduce((sum, { problemCount, change }) => sum + problemCount + (change?.problems.length ?? 0), 0);
  const levels = checked.flatMap(({ dataset, change }) =>
    change && change.level !== "none" ? [`${dataset}: ${change.level}, ${change.summary}`] : [],
  );
  return {
    conclusion: problemCount > 0 ? "failure" : "success",
    title: problemCount > 0 ? `${problemCount} problem${problemCount > 1 ? "s" : ""}` : (levels[0] ?? "No problems"),
    summary:
      problemCount > 0
        ? ""
        : [
            ...checked.map(
              (one) => `- ${neutralizeMentions(escapeMarkdown(one.dataset))}: ${neutralizeMentions(escapeMarkdown(counts(one))) || "gone"}`,
            ),
            ...levels.map((level) => `- ${neutralizeMentions(escapeMarkdown(level))}`),
          ].join("\n"),
    problems,
    problemCount,
  };
}

/** Checks each commit of a pull request against the one before it, as they are released where rebase is the only way to merge. */
async function checkInner(
  forge: Forge,
  datasets: readonly string[],
  commits: readonly InnerCommit[] | undefined,
  secondsLeft: () => number,
): Promise<Checked[]> {
  if (commits === undefined) return datasets.slice(0, 1).map((dataset) => notChecked(dataset, TOO_MANY));
  const found: Checked[] = [];
  for (const { id, tree, before } of commits.length > 1 ? commits : [])
    for (const dataset of datasets) {
      const path = `${forge.dataFolder}/${dataset}`;
      if ((await forge.code.treeAt(tree, path)) === (await forge.code.treeAt(before, path))) continue;
      const { change, ...checked } = await checkOne(forge, dataset, tree, before, secondsLeft() - REPORT_SECONDS);
      const problems = [...checked.problems, ...(change?.problems ?? [])].map((problem) => ({
        ...problem,
        message: `In commit ${id.slice(0, 10)}: ${problem.message}`,
      }));
      const problemCount = checked.problemCount + (change?.problems.length ?? 0);
      if (problemCount > 0) found.push({ ...checked, problems, problemCount });
    }
  return found;
}

async function validate(forge: Forge, { sha, pull, again }: ValidateMessage, secondsLeft: () => number): Promise<void> {
  const { code, reporter, branch, dataFolder } = forge;
  if (pull !== undefined && !(await reporter.isCurrent(pull, sha))) {
    logger.info("passed over: the pull request is closed, or has a newer commit");
    return;
  }
  const { tree } = await code.commit(sha);
  const base = await code.mergeBase(branch, sha);
  const baseTree = base === undefined ? null : (await code.commit(base)).tree;
  const now = await code.foldersAt(tree, dataFolder);
  const before = baseTree === null ? [] : await code.foldersAt(baseTree, dataFolder);
  const touched: string[] = [];
  for (const dataset of [...new Set([...now, ...before])].sort()) {
    const path = `${dataFolder}/${dataset}`;
    // A dataset that a change does not touch has its verdict already.
    if (pull === undefined || baseTree === null || (await code.treeAt(tree, path)) !== (await code.treeAt(baseTree, path)))
      touched.push(dataset);
  }
  const checked: Checked[] = [];
  for (const dataset of touched.slice(0, MAX_DATASETS))
    checked.push(await checkOne(forge, dataset, tree, baseTree, secondsLeft() - REPORT_SECONDS));
  for (const dataset of touched.slice(MAX_DATASETS))
    checked.push(
      notChecked(dataset, `It was not checked: the change touches ${touched.length} datasets, of which ${MAX_DATASETS} are checked`),
    );
  const methods = pull === undefined ? undefined : await code.mergeMethods();
  const commits = pull === undefined ? [] : await innerCommits(code, sha, base);
  if (isRebaseOnly(methods)) checked.push(...(await checkInner(forge, touched, commits, secondsLeft)));
  const note = pull === undefined || touched.length === 0 ? undefined : rebaseNote(methods, commits?.length);
  const verdict = verdictOf(checked, dataFolder);
  if (note !== undefined) verdict.summary = [verdict.summary, note].filter(Boolean).join("\n\n");
  metrics.addMetric("Problems", MetricUnit.Count, verdict.problemCount);
  await reporter.verdict(sha, "Factpress", verdict, again);
  // A conversation may be locked: the verdict counts.
  if (pull !== undefined)
    await reporter.comment(pull, `${neutralizeMentions(describe(checked))}\n\nFor ${sha}.`).catch((error: unknown) => {
      if (![403, 404, 410, 422].includes(statusOf(error) ?? 0)) throw error;
      logger.warn("no comment", errorFields(error));
    });
  logger.info("verdict", {
    conclusion: verdict.conclusion,
    problems: verdict.problemCount,
    datasets: checked.map(({ dataset }) => dataset),
  });
}

const sqs = new SQSClient({});

/** Looks for open pull requests whose newest commit has no verdict: a lost webhook heals. */
async function sweep({ reporter, branch }: Forge): Promise<void> {
  // What waits there already will be found to have no verdict, too.
  const waiting = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: setting("VALIDATE_QUEUE_URL"), AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  if (Number(waiting.Attributes?.["ApproximateNumberOfMessages"] ?? 0) > 0) return;
  for await (const { number, sha } of reporter.openPulls(branch)) {
    if (await reporter.hasVerdict(sha)) continue;
    const message: ValidateMessage = { sha, pull: number, delivery: `sweep-${randomUUID()}` };
    await sqs.send(new SendMessageCommand({ QueueUrl: setting("VALIDATE_QUEUE_URL"), MessageBody: JSON.stringify(message) }));
    logger.info("queued, as it has no verdict", { commit: sha, pull: number });
  }
}

const processor = new BatchProcessor(EventType.SQS);

async function handleRecord({ body }: SQSRecord, context?: Context): Promise<void> {
  const message = JSON.parse(body) as ValidateMessage;
  logger.appendKeys({ commit: message.sha, delivery: message.delivery, ...(message.pull === undefined ? {} : { pull: message.pull }) });
  try {
    const secondsLeft = (): number => (context?.getRemainingTimeInMillis() ?? 60_000) / 1000;
    await withForge((forge) => validate(forge, message, secondsLeft));
  } catch (error) {
    logger.error("no verdict", errorFields(error));
    throw error;
  } finally {
    logger.resetKeys();
  }
}

/** Checks commits of branches and pull requests, one message a commit. */
export async function handler(event: SQSEvent | Tick, context: Context): Promise<SQSBatchResponse | undefined> {
  try {
    await emptyTemporaryFolder();
    if ("tick" in event) {
      await withForge(sweep);
      return undefined;
    }
    return await processPartialResponse(event, handleRecord, processor, {
      context,
      throwOnFullBatchFailure: false,
      processInParallel: false,
    });
  } finally {
    publishMetrics();
  }
}
