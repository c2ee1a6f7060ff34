import { folderWorkspace } from "../../lib/adapters/folder/folder-workspace.ts";
import { inlineEngine } from "../../lib/adapters/threads/inline-engine.ts";
import { sqlThread } from "../../lib/adapters/threads/sql-thread.ts";
import { GENERATOR } from "../../lib/contract/generator.ts";
import { CountedTables } from "../../lib/ports/counted-tables.ts";
import type { Runtime } from "../../lib/ports/runtime.ts";
import { logger } from "../logger.ts";
import { temporaryFolder } from "../temporary-folder.ts";

export const RUNTIME: Runtime = {
  startEngine: inlineEngine,
  startSql: sqlThread,
  openWorkspace: () => folderWorkspace(temporaryFolder()),
  countedTables: new CountedTables(),
  now: () => new Date(),
  generator: GENERATOR,
  log: (line) => logger.info(line),
};
