import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { OWN_WORKSPACES } from "../lib/adapters/folder/folder-workspace.ts";
import { followWorkspaces } from "../lib/adapters/folder/follow-workspaces.ts";
import { hasProcessTag, processTag } from "../lib/adapters/folder/process-tag.ts";
import { removeLeftovers } from "../lib/adapters/folder/remove-leftovers.ts";
import { followGitProcesses } from "../lib/adapters/git/follow-git-processes.ts";
import { endThread } from "../lib/adapters/threads/end-thread.ts";
import { limitedThread } from "../lib/adapters/threads/limited-thread.ts";
import type { SettingName } from "../lib/contract/setting-name.ts";
import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import { compileLater } from "./compile-later.ts";
import { endStuck, STUCK_EXIT_CODE } from "./end-stuck.ts";
import { onEndingSignal } from "./ending-signals.ts";
import { Forwarding } from "./forwarding.ts";

/** Commands that may rebuild every release of a store. */
const isLong = ["restore", "verify"].includes(process.argv[2] as string);
const LIMITS = { FACTPRESS_DEADLINE: isLong ? 7_200 : 600, FACTPRESS_MEMORY: 2_048 } satisfies Partial<Record<SettingName, number>>;

function limit(name: keyof typeof LIMITS): number {
  const text = process.env[name];
  if (text === undefined || text === "") return LIMITS[name];
  const number = Number(text);
  if (Number.isFinite(number) && number > 0 && number <= 1_000_000) return number;
  process.stderr.write(`${name} is a number above 0, not "${escapeControlChars(text)}"\n`);
  process.exit(2);
}

const printError = (line: string): void => void process.stderr.write(`${line}\n`);

const TEMPORARY = "factpress-run-";

/** Creates a folder for this run, which is removed when the process ends. Also removes leftovers of killed runs. */
async function temporaryFolder(): Promise<string> {
  await removeLeftovers(tmpdir(), (name) => name.startsWith(TEMPORARY) && hasProcessTag(name));
  const temporary = mkdtempSync(join(tmpdir(), `${TEMPORARY}${processTag()}-`));
  process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));
  return temporary;
}

/** Makes writes asynchronous, so that signals and the deadline work while a reader is slow. */
function unblock(stream: NodeJS.WriteStream): void {
  (stream as unknown as { _handle?: { setBlocking?(isBlocking: boolean): void } })._handle?.setBlocking?.(false);
}

const shownCommand = `factpress ${process.argv[2]}`;

function printExceeded(over: "time" | "memory", seconds: number, heapMB: number): void {
  printError(
    over === "time"
      ? `${shownCommand} took longer than ${seconds} s and was stopped. A file, a pattern in schema.json or a check may be too expensive. FACTPRESS_DEADLINE=${seconds * 2} gives it more time.`
      : `${shownCommand} took more than ${heapMB} MB of memory and was stopped. Single records may be very large. FACTPRESS_MEMORY=${heapMB * 2} gives it more.`,
  );
  printError(
    ["publish", "hook", "restore"].includes(process.argv[2] as string)
      ? `Releases ${process.argv[2] === "restore" ? "restored" : "published"} so far are complete; run it again to continue.`
      : `${process.argv[2] === "check" ? "The check" : shownCommand} did not complete.`,
  );
}

/** Runs the command line in a thread with limits, so that neither bad data nor a bug can block a hook or a script. */
async function run(seconds: number, heapMB: number): Promise<number> {
  let thread: Worker | undefined;
  // Registered first, so that a signal during the creation of the folder leaves nothing behind.
  onEndingSignal((exitCode) => {
    if (thread) void endThread(thread).then((isEnded) => endNow(exitCode, !isEnded));
    else process.exit(exitCode);
  });
  const temporary = await temporaryFolder();
  const killGit = followGitProcesses();
  process.once("exit", killGit);
  const removeWorkspaces = followWorkspaces(OWN_WORKSPACES);
  process.once("exit", removeWorkspaces);
  const endNow = (exitCode: number, isStuck: boolean): void => {
    if (!isStuck) process.exit(exitCode);
    killGit();
    // The next run removes the folders of this one: removing them now could block this thread on the same disk.
    endStuck(exitCode);
  };
  const forwarding: Forwarding[] = [];
  const options = { argv: process.argv.slice(2), workerData: { temporary }, stdout: true, stderr: true };
  const waitedMs = (): number => Math.max(0, ...forwarding.map((copy) => copy.waitedMs));
  const ending = await limitedThread(new URL("./factpress.js", import.meta.url), options, { seconds, heapMB, waitedMs }, (started) => {
    thread = started;
    for (const [from, to] of [
      [started.stdout, process.stdout],
      [started.stderr, process.stderr],
    ] as const) {
      unblock(to);
      forwarding.push(new Forwarding(from, to));
    }
  });
  if ("over" in ending) {
    printExceeded(ending.over, seconds, heapMB);
    if (ending.isStuck)
      printError(`It hangs in a system call (disk or network not responding); ending it with exit code ${STUCK_EXIT_CODE}.`);
    endNow(3, ending.isStuck);
  }
  await Promise.all(forwarding.map(({ done }) => done));
  return "exitCode" in ending ? ending.exitCode : 3;
}

compileLater();
try {
  process.exitCode = await run(limit("FACTPRESS_DEADLINE"), limit("FACTPRESS_MEMORY"));
} catch (error) {
  // The thread did not start or crashed: an external failure.
  printError(escapeControlChars((error as Error).message, "\n"));
  process.exitCode = 3;
}
