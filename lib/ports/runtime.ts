import type { Format } from "../formats/format.ts";
import type { CountedTables } from "./counted-tables.ts";
import type { Log, StartEngine, StartSql, StartWriter, Workspace } from "./ports.ts";

/** The environment of a use case: one value for a whole run. */
export interface Runtime {
  startEngine: StartEngine;
  startSql: StartSql;
  /** Default: a format writes its files in the calling thread. */
  startWriter?: StartWriter;
  /** Cache for the counts of builds, for pages that the same process writes. Default: none. */
  countedTables?: CountedTables;
  /** Opens an empty folder for intermediate files. The caller discards it. */
  openWorkspace(): Promise<Workspace>;
  now(): Date;
  /** The version of the running Factpress, which releases name. */
  generator: string;
  /** Known formats. Default: all of this package. */
  formats?: readonly Format[];
  /** Reports progress to users. */
  log: Log;
}
