import { parentPort, workerData } from "node:worker_threads";
import { baseOf, type CheckedChange, checkChange, type FindBase } from "../../build/check-change.ts";
import { GENERATOR } from "../../contract/generator.ts";
import type { Runtime } from "../../ports/runtime.ts";
import { folderSource } from "../folder/source-folder.ts";
import { folderWorkspace } from "../folder/workspace-folder.ts";
import { inlineEngine } from "./engine-inline.ts";
import { limitedThread } from "./limited-thread.ts";
import { sqlThread } from "./sql-thread.ts";

/** What is checked, and how long and large the check may get. */
export interface IsolatedCheck {
  /** Folder of the dataset, and what it is called. */
  folder: string;
  name: string;
  /** The same as it was, and how that is called. */
  base?: { folder: string; name: string };
  /** Where the check may write; it is removed afterwards, whatever becomes of the thread. */
  temporary: string;
  deadlineSeconds: number;
  heapMB: number;
}

/** Marks a worker of ours in `workerData`. */
interface Task {
  isolatedCheck: IsolatedCheck;
}

/** The dataset is not handed over: it holds more than a message should. */
export type IsolatedResult = Omit<CheckedChange, "dataset">;

const problem = (message: string, remedy: string): IsolatedResult => ({
  problems: [{ file: ".", line: 0, column: 0, message, remedy }],
  problemCount: 1,
  records: new Map(),
});

/** Checks strangers' files in a thread of its own, which is ended where it takes too long or too much memory. */
export async function checkIsolated(check: IsolatedCheck, worker: URL): Promise<IsolatedResult> {
  const { deadlineSeconds: seconds, heapMB } = check;
  // Nothing of ours: no credentials, no settings.
  const options = { workerData: { isolatedCheck: check } satisfies Task, env: {} };
  const ending = await limitedThread<IsolatedResult>(worker, options, { seconds, heapMB });
  if ("message" in ending) return ending.message;
  if ("exitCode" in ending) throw new Error(`The check ended with ${ending.exitCode}`);
  return ending.over === "time"
    ? problem(`The check took longer than ${seconds} s and was ended`, "Simplify the patterns in schema.json, or split the dataset.")
    : problem(`The check took more than ${heapMB} MB of memory and was ended`, "Make single records smaller, or split the dataset.");
}

/** Whether this thread was started by `checkIsolated`. */
export const isIsolated = (): boolean => (workerData as Partial<Task> | null)?.isolatedCheck !== undefined;

/** What the thread does. */
export async function runIsolated(): Promise<void> {
  const { folder, name, base, temporary } = (workerData as Task).isolatedCheck;
  const runtime: Runtime = {
    startEngine: inlineEngine,
    startSql: sqlThread,
    openWorkspace: () => folderWorkspace(temporary),
    now: () => new Date(),
    generator: GENERATOR,
    log: () => {},
  };
  const findBase: FindBase | undefined = base && (async (open) => baseOf(base.name, folderSource(base.folder), runtime, await open()));
  const { dataset: _, ...result } = await checkChange(folderSource(folder), runtime, { folder: name, findBase });
  parentPort?.postMessage(result satisfies IsolatedResult);
}
