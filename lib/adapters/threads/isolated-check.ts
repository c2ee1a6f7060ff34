import { parentPort, workerData } from "node:worker_threads";
import { baseOfChange } from "../../build/base-of-change.ts";
import { type Base, type CheckedChange, checkChange, type FindBase } from "../../build/check-change.ts";
import { openBase } from "../../build/open-base.ts";
import { GENERATOR } from "../../contract/generator.ts";
import type { Workspace } from "../../ports/ports.ts";
import type { Runtime } from "../../ports/runtime.ts";
import { baseAfterControls } from "../../release/base-after-controls.ts";
import type { Catalogue, CatalogueEntry } from "../../release/catalogue.ts";
import { folderSource } from "../folder/folder-source.ts";
import { folderWorkspace } from "../folder/folder-workspace.ts";
import { inlineEngine } from "./inline-engine.ts";
import { limitedThread } from "./limited-thread.ts";
import { sqlThread } from "./sql-thread.ts";

/** The input of a check, and its limits. */
export interface IsolatedCheck {
  /** Folder of the dataset, and its name for messages. */
  folder: string;
  name: string;
  /** The dataset to compare with. */
  base?: { folder: string; name: string };
  /** The releases that determine the base: the catalogue, and by version the folders of the releases needed. */
  releases?: { catalogue: Catalogue; folders: Readonly<Record<string, string>> };
  /** Folder for intermediate files. The caller removes it. */
  temporary: string;
  deadlineSeconds: number;
  heapMB: number;
}

/** `workerData` of the thread. */
interface CheckTask {
  isolatedCheck: IsolatedCheck;
}

/** The result without the dataset, which is too large for a message. */
export type IsolatedResult = Omit<CheckedChange, "dataset">;

/** The check was stopped: the reason and the remedy. */
interface OverLimit {
  message: string;
  remedy: string;
}

const overLimit = (message: string, remedy: string): IsolatedResult & { over: OverLimit } => ({
  ...{ problems: [], problemCount: 0, records: new Map() },
  over: { message, remedy },
});

/** Checks untrusted files in a thread, which is stopped if it exceeds its limits of time or memory. */
export async function checkIsolated(check: IsolatedCheck, worker: URL): Promise<IsolatedResult & { over?: OverLimit }> {
  const { deadlineSeconds: seconds, heapMB } = check;
  // An empty environment: no credentials.
  const options = { workerData: { isolatedCheck: check } satisfies CheckTask, env: {} };
  const ending = await limitedThread<IsolatedResult>(worker, options, { seconds, heapMB });
  if ("message" in ending) return ending.message;
  if ("exitCode" in ending) throw new Error(`The check's thread exited with code ${ending.exitCode}`);
  return ending.over === "time"
    ? overLimit(
        `The check took too long and was stopped (maximum ${seconds} s)`,
        "Simplify the patterns in schema.json, or split the dataset.",
      )
    : overLimit(
        `The check needed too much memory and was stopped (maximum ${heapMB} MB)`,
        "Make single records smaller, or split the dataset.",
      );
}

/** Whether this thread was started by `checkIsolated`. */
export const isIsolatedCheckThread = (): boolean => (workerData as Partial<CheckTask> | null)?.isolatedCheck !== undefined;

/** Runs in the thread. */
export async function runIsolatedCheck(): Promise<void> {
  const { folder, name, base, releases, temporary } = (workerData as CheckTask).isolatedCheck;
  const runtime: Runtime = {
    startEngine: inlineEngine,
    startSql: sqlThread,
    openWorkspace: () => folderWorkspace(temporary),
    now: () => new Date(),
    generator: GENERATOR,
    log: () => {},
  };
  const findBase: FindBase | undefined =
    base &&
    (async (open, now) => {
      const branch = await openBase(base.name, folderSource(base.folder), runtime, await open());
      const found = releases && baseAfterControls(releases.catalogue, now.dataset.metadata.release ?? {});
      if (!found || branch.kind !== "known") return branch;
      const openEntry = async ({ version }: CatalogueEntry, workspace: Workspace): Promise<Base> => {
        const at = releases.folders[version];
        if (at === undefined) return { kind: "unknown", why: `${version} is not available for comparison` };
        return openBase(version, folderSource(at), runtime, workspace);
      };
      return baseOfChange(found, { openEntry, openBranch: async () => branch }, open);
    });
  const { dataset: _, ...result } = await checkChange(folderSource(folder), runtime, { folder: name, findBase });
  parentPort?.postMessage(result satisfies IsolatedResult);
}
