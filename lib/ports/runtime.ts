import type { Format } from "../formats/format.ts";
import type { Log, StartEngine, StartSql, StartWriter, Workspace } from "./ports.ts";

/** What use cases need of the machine that they run on: one value for a whole run. */
export interface Runtime {
  startEngine: StartEngine;
  startSql: StartSql;
  /** Default: a format writes its files where it is called. */
  startWriter?: StartWriter;
  /** Opens an empty folder for intermediate files. The caller discards it. */
  openWorkspace(): Promise<Workspace>;
  now(): Date;
  /** Version of this Factpress; releases name it. */
  generator: string;
  /** The formats that are known. Default: all of this package. */
  formats?: readonly Format[];
  /** Reports progress to people. */
  log: Log;
}
