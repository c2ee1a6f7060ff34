import { memoryWorkspace } from "../lib/adapters/memory/memory-workspace.ts";
import { inlineEngine } from "../lib/adapters/threads/inline-engine.ts";
import { sqlThread } from "../lib/adapters/threads/sql-thread.ts";
import type { Runtime } from "../lib/ports/runtime.ts";

/** Everything in this thread and in memory, except for SQL; the version is `1`. */
export const RUNTIME: Runtime = {
  startEngine: inlineEngine,
  startSql: sqlThread,
  openWorkspace: async () => memoryWorkspace(),
  now: () => new Date(),
  generator: "1",
  log: () => {},
};
