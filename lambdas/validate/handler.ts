import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { checkIsolated, type IsolatedResult, isIsolated, runIsolated } from "../../lib/adapters/isolated-check.ts";
import type { Verdict } from "../../lib/adapters/reporter-github.ts";
import { copySource } from "../../lib/adapters/source-github.ts";
import type { Problem } from "../../lib/dataset/problem.ts";
import { Unreadable } from "../../lib/pipeline/ports.ts";
import { errorFields, logger, metrics, publishMetrics } from "../observability.ts";
import { type Forge, LIMITS, setting, type Tick, type ValidateMessage, withForge } from "../surroundings.ts";

// The bundle starts itself a second time, as the thread that strangers' files are checked in.
if (!isMainThread && isIsolated()) await runIsolated();

/** A dataset's check is ended after so long; three fit into the function's time. */
const DEADLINE_SECONDS = Number(process.env["CHECK_DEADLINE_SECONDS"] ?? 90);
const HEAP_MB = 1_024;

interface Checked extends IsolatedResult {
  dataset: string;
}

/** Fetches one dataset of a commit, and of the commit that it left the branch at, and checks it. */
async function checkOne(
  { code, dataFolder, branch }: Forge,
  dataset: string,
  tree: string,
  base: string | null,
  folder: string,
): Promise<Checked> {
  const path = `${dataFolder}/${dataset}`;
  const now = await code.treeAt(tree, path);
  if (now === null) return { dataset, problems: [], problemCount: 0, records: new Map() };
  const before = base === null ? null : await code.treeAt(base, path);
  try {
    await copySource(code.source(now, LIMITS), join(folder, dataset, "now"));
    if (before !== null) await copySource(code.source(before, LIMITS), join(folder, dataset, "before"));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { dataset, problems: [{ file: ".", line: 0, column: 0, message: error.message }], problemCount: 1, records: new Map() };
  }
  await mkdir(join(folder, dataset, "now"), { recursive: true });
  const result = await checkIsolated(
    {
      folder: join(folder, dataset, "now"),
      name: dataset,
      ...(before === null ? {} : { base: { folder: join(folder, dataset, "before"), name: branch } }),
      deadlineSeconds: DEADLINE_SECONDS,
      heapMB: HEAP_MB,
    },
    new URL(import.meta.url),
  );
  return { dataset, ...result };
}

const counts = ({ records }: Checked): string => [...records].map(([table, count]) => `${count} ${table}`).join(", ");

/** What a change would do, one part a dataset that it touches. */
function describe(checked: readonly Checked[]): string {
  const parts = checked.map(({ dataset, problemCount, change }) => {
    if (problemCount > 0)
      return `**${dataset}**: ${problemCount} problem${problemCount > 1 ? "s" : ""}. They stand at their lines in the files of this pull request, and in the check.`;
    if (!change) return `**${dataset}**: no problems.`;
    if (change.level === "none") return `**${dataset}**: no problems, and nothing a reader gets changes.`;
    return `**${dataset}**: no problems. Merged, this makes a **${change.level}** release.\n\n<details><summary>What changes</summary>\n\n${change.markdown}\n</details>`;
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
        : [...checked.map((one) => `- ${one.dataset}: ${counts(one) || "gone"}`), ...levels.map((level) => `- ${level}`)].join("\n"),
    problems,
    problemCount,
  };
}

async function validate(forge: Forge, { sha, pull }: ValidateMessage): Promise<void> {
  const { code, reporter, branch, dataFolder } = forge;
  const { tree } = await code.commit(sha);
  const base = await code.mergeBase(branch, sha);
  const baseTree = base === undefined ? null : (await code.commit(base)).tree;
  const now = await code.foldersAt(tree, dataFolder);
  const before = baseTree === null ? [] : await code.foldersAt(baseTree, dataFolder);
  const folder = await mkdtemp(join(tmpdir(), "validate-"));
  const checked: Checked[] = [];
  try {
    for (const dataset of [...new Set([...now, ...before])].sort()) {
      const path = `${dataFolder}/${dataset}`;
      // A dataset that a change does not touch has its verdict already.
      if (pull !== undefined && baseTree !== null && (await code.treeAt(tree, path)) === (await code.treeAt(baseTree, path))) continue;
      checked.push(await checkOne(forge, dataset, tree, baseTree, folder));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const verdict = verdictOf(checked, dataFolder);
  metrics.addMetric("Problems", MetricUnit.Count, verdict.problemCount);
  if (pull !== undefined) await reporter.comment(pull, describe(checked));
  await reporter.verdict(sha, verdict);
  logger.info("verdict", {
    conclusion: verdict.conclusion,
    problems: verdict.problemCount,
    datasets: checked.map(({ dataset }) => dataset),
  });
}

const sqs = new SQSClient({});

/** Looks for open pull requests whose newest commit has no verdict: a lost webhook heals. */
async function sweep({ reporter, branch }: Forge): Promise<void> {
  for await (const { number, sha } of reporter.openPulls(branch)) {
    if (await reporter.hasVerdict(sha)) continue;
    const message: ValidateMessage = { sha, pull: number, delivery: `sweep-${randomUUID()}` };
    await sqs.send(new SendMessageCommand({ QueueUrl: setting("VALIDATE_QUEUE_URL"), MessageBody: JSON.stringify(message) }));
    logger.info("queued, as it has no verdict", { commit: sha, pull: number });
  }
}

const processor = new BatchProcessor(EventType.SQS);

async function handleRecord({ body }: SQSRecord): Promise<void> {
  const message = JSON.parse(body) as ValidateMessage;
  logger.appendKeys({ commit: message.sha, delivery: message.delivery, ...(message.pull === undefined ? {} : { pull: message.pull }) });
  try {
    await withForge((forge) => validate(forge, message));
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
