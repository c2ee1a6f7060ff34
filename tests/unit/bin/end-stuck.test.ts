import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { STUCK_EXIT_CODE } from "../../../bin/end-stuck.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** A process with a thread that waits for another process, until standard input ends, and cannot be interrupted. */
const PROGRAM = (exitCode: number): string => `
  import { Worker } from "node:worker_threads";
  const { endStuck } = await import("./bin/end-stuck.ts");
  const wait = 'require("node:child_process").execFileSync(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["inherit", "ignore", "ignore"] })';
  const worker = new Worker('require("node:worker_threads").parentPort.postMessage("waits"); ' + wait, { eval: true, execArgv: [] });
  process.once("SIGTERM", () => {});
  worker.once("message", () => setTimeout(() => endStuck(${exitCode}), 200));
`;

it.each([
  [3, "SIGALRM"],
  [143, "SIGTERM"],
  [130, "SIGINT"],
] as const)("ends a process with exit code %i if a thread hangs in a system call, by %s", async (exitCode, signal) => {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", PROGRAM(exitCode)], { cwd: ROOT });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += String(chunk)));
  try {
    // Before its standard input ends.
    expect([await once(child, "close"), complaint]).toEqual([[null, signal], ""]);
  } finally {
    child.stdin.end();
  }
});

it("names the exit code that a shell shows for SIGALRM", () => {
  expect(STUCK_EXIT_CODE).toBe(128 + constants.signals.SIGALRM);
});
