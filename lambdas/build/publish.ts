import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cloneBranch } from "../../lib/adapters/git/clone-branch.ts";
import { BUILD_REQUEST_OBJECT_KEY } from "../../lib/contract/build-request-object-key.ts";
import type { Settings } from "../../lib/contract/setting-name.ts";
import { errorFields } from "../error-fields.ts";
import { openStore } from "../open-store.ts";
import { startLargeBuild } from "../publish/large-build.ts";
import { setting } from "../setting.ts";
import { withForge } from "../with-forge.ts";

const startMs = Date.now();
const secondsLeft = (): number => Number(setting("FACTPRESS_DEADLINE")) - (Date.now() - startMs) / 1_000;

/** Maximum time of the clone. */
const CLONE_SECONDS = 3_600;

/** The packaged program, as the stack ships it (lib/infra/add-build.ts). */
const PROGRAM = fileURLToPath(new URL("../bin/factpress.js", import.meta.url));

/** Exit codes of `factpress publish` after a complete run. With 1, data was refused, and the function reports why. */
const COMPLETE = [0, 1];

async function requestedDatasets(): Promise<string[]> {
  const request = await startLargeBuild(openStore(), new Date());
  if (!request) throw new Error(`${BUILD_REQUEST_OBJECT_KEY} holds no request`);
  return request.datasets;
}

/** Runs the program to its end. Its output goes to the log of the build. */
function runProgram(args: readonly string[], seconds: number): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...({ FACTPRESS_DEADLINE: String(seconds) } satisfies Settings) },
    });
    child.once("error", fail);
    child.once("close", (exitCode, signal) => done(exitCode ?? (signal ? 3 : 0)));
  });
}

interface DatasetRun {
  clone: string;
  branch: string;
  /** The dataset's folder. */
  path: string;
  /** Maximum time. */
  seconds: number;
}

/** Publishes a dataset of a clone. The working tree is not read and only has to exist. */
async function runPublishBuild({ clone, branch, path, seconds }: DatasetRun): Promise<boolean> {
  const folder = join(clone, path);
  await mkdir(folder, { recursive: true });
  const to = ["--store", `s3://${setting("BUCKET")}`, "--aliases", setting("KEY_VALUE_STORE_ARN"), "--key", setting("SIGNING_KEY_ARN")];
  const exitCode = await runProgram(["publish", folder, ...to, "--branch", branch, "--every-commit"], seconds);
  console.log(`${path}: factpress publish ended with ${exitCode}`);
  return COMPLETE.includes(exitCode);
}

const clone = await mkdtemp(join(tmpdir(), "factpress-build-"));
try {
  const names = await requestedDatasets();
  await withForge(async ({ forge, branch, dataFolder }) => {
    await cloneBranch(await forge.cloneAccess(), branch, clone, Math.min(CLONE_SECONDS, secondsLeft()));
    // Datasets are built one after the other. A failure or timeout does not stop the others.
    for (const [i, name] of names.entries()) {
      // Unused time goes to the later datasets. The last one may use all of it and is ended by CodeBuild, because a retry would take as
      // long.
      const seconds = Math.max(1, Math.floor(secondsLeft() / (names.length - i)));
      if (!(await runPublishBuild({ clone, branch, path: `${dataFolder}/${name}`, seconds }))) process.exitCode = 3;
    }
  });
} catch (error) {
  // Any failure. Only these fields are logged, because a request contains a token.
  console.error(JSON.stringify(errorFields(error)));
  process.exitCode = 3;
} finally {
  await rm(clone, { recursive: true, force: true });
}
