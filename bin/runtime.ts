import { sqlThread } from "../lib/adapters/threads/sql-thread.ts";
import { threadedEngine } from "../lib/adapters/threads/threaded-engine.ts";
import { threadedWriter } from "../lib/adapters/threads/threaded-writer.ts";
import { GENERATOR } from "../lib/contract/generator.ts";
import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import { CountedTables } from "../lib/ports/counted-tables.ts";
import type { Runtime } from "../lib/ports/runtime.ts";
import { out } from "./out.ts";
import { openTemporaryWorkspace } from "./with-workspaces.ts";

/** The runtime of the command line. */
export const RUNTIME: Runtime = {
  startEngine: threadedEngine,
  startSql: sqlThread,
  startWriter: threadedWriter,
  openWorkspace: openTemporaryWorkspace,
  countedTables: new CountedTables(),
  now: () => new Date(),
  generator: GENERATOR,
  log: (line) => out(escapeControlChars(line)),
};
