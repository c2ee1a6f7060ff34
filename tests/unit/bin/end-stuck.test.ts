import { spawnSync } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { STUCK_EXIT_CODE } from "../../../bin/end-stuck.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** A process with a thread that waits for another process and cannot be interrupted. */
const PROGRAM = (exitCode: number): string => `
  import { Worker } from "node:worker_threads";
  const { endStuck } = await import("./bin/end-stuck.ts");
  const wait = 'require("node:child_process").execFileSync(process.execPath, ["-e", "setTimeout(() => {}, 20000)"])';
  const worker = new Worker('require("node:worker_threads").parentPort.postMessage("waits"); ' + wait, { eval: true, execArgv: [] });
  process.once("SIGTERM", () => {});
  worker.once("message", () => setTimeout(() => endStuck(${exitCode}), 200));
`;

it.each([
  [3, "SIGALRM"],
  [143, "SIGTERM"],
  [130, "SIGINT"],
] as const)("ends a process with exit code %i at once if a thread hangs in a system call, by %s", (exitCode, signal) => {
  const started = Date.now();
  const ended = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", PROGRAM(exitCode)], { cwd: ROOT });
  expect([ended.signal, ended.stderr.toString()]).toEqual([signal, ""]);
  expect(Date.now() - started).toBeLessThan(18_000);
});

it("names the exit code that a shell shows for SIGALRM", () => {
  expect(STUCK_EXIT_CODE).toBe(128 + constants.signals.SIGALRM);
});
