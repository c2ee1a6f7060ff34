import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { forgeAdapter } from "../../lib/adapters/forge-adapter.ts";
import { cloneBranch, fetchIntoClone } from "../../lib/adapters/git/clone-branch.ts";
import { gitCommits } from "../../lib/adapters/git/git-commits.ts";
import { findGitRepository } from "../../lib/adapters/git/git-repository.ts";
import { isAnyBranchTip } from "../../lib/adapters/git/is-any-branch-tip.ts";
import { isIsolatedCheckThread, runIsolatedCheck } from "../../lib/adapters/threads/isolated-check.ts";
import { REQUEST_VARIABLE } from "../../lib/contract/build-request-object-key.ts";
import { commitOfCheckRequest } from "../../lib/contract/check-request-object-key.ts";
import { BUILD_LIMITS } from "../../lib/contract/read-limits.ts";
import { type CheckRequest, parseCheckRequest } from "../check-request.ts";
import { errorFields } from "../error-fields.ts";
import { openBucketReader } from "../open-bucket-reader.ts";
import { readStoredCatalogue } from "../read-stored-catalogue.ts";
import { setting } from "../setting.ts";
import { checkChangedDatasets } from "../validate/check-changed-datasets.ts";
import { notChecked } from "../validate/not-checked.ts";
import { resultLines } from "../validate/parse-result.ts";

const startMs = Date.now();

/** Logs lines of JSON, so that untrusted text never starts a line. */
const log = (line: string, fields: object): void => console.error(JSON.stringify({ message: line, ...fields }));

async function readRequest(): Promise<{ sha: string; request: CheckRequest }> {
  const key = setting(REQUEST_VARIABLE);
  const sha = commitOfCheckRequest(key);
  const stored = sha === undefined ? undefined : await openBucketReader().get(key);
  const request = stored && parseCheckRequest(stored.bytes);
  if (!sha || !request) throw new Error(`${key} holds no request`);
  return { sha, request };
}

/** Runs the same check as the function, on an anonymous clone. May write only to the log. */
async function checkClone(folder: string): Promise<void> {
  const { sha, request } = await readRequest();
  const clone = join(folder, "clone");
  const branch = setting("BRANCH");
  const seconds = Number(setting("FACTPRESS_DEADLINE"));
  const secondsLeft = (): number => seconds - (Date.now() - startMs) / 1_000;
  const url = forgeAdapter(setting("FORGE")).cloneUrl({ repository: setting("REPOSITORY"), apiUrl: setting("FORGE_API_URL") });
  if (!(await isAnyBranchTip({ url }, sha, secondsLeft())))
    throw new Error("Superseded: no branch or pull request has this commit as its newest");
  await cloneBranch({ url }, branch, clone, secondsLeft());
  await fetchIntoClone({ url }, sha, clone, secondsLeft());
  const repository = await findGitRepository(clone);
  if (!repository) throw new Error("There is no clone");
  const files = join(folder, "files");
  await mkdir(files);
  const report = await checkChangedDatasets(
    { forge: gitCommits(repository, request.methods), branch, dataFolder: setting("DATA_FOLDER") },
    sha,
    {
      secondsLeft,
      limits: BUILD_LIMITS,
      deadlineSeconds: seconds,
      heapMB: Number(setting("FACTPRESS_MEMORY")),
      worker: new URL(import.meta.url),
      folder: files,
      readCatalogue: readStoredCatalogue,
      log,
      onTooLarge: notChecked,
    },
  );
  for (const line of resultLines({ sha, report })) console.log(line);
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "factpress-check-"));
  try {
    await checkClone(folder);
  } catch (error) {
    // Any failure: without a result, `validate` reports that the check did not complete.
    log("not checked", errorFields(error));
    process.exitCode = 3;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// The bundle is also the program of the thread that checks untrusted files.
if (isMainThread) await main();
else if (isIsolatedCheckThread()) await runIsolatedCheck();
