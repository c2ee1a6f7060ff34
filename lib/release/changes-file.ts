import type { IcebergTables } from "../formats/iceberg-columns.ts";
import type { JsonRecord } from "../formats/value.ts";
import type { Schema } from "../schema/schema.ts";
import {
  CHANGE_LISTS,
  type Change,
  type ChangedRecord,
  type ChangeLevel,
  type ChangeListName,
  type Difference,
  summarizeDifference,
} from "./difference.ts";
import { PUBLISHED_WORDING } from "./wording.ts";

/** `changes.json` without its tables. */
export interface ChangesHead {
  from: string;
  to: string;
  commit: string | null;
  date: string | null;
  generator: string;
  /** The layout of the newer release, if it differs. */
  layout?: number;
  /** The formats of the newer release, if they differ. */
  formats?: readonly string[];
  /** New contents of the documents that differ. */
  documents: { dataset?: object; schema?: Schema; license?: string };
  /** The previous release, if that is not `from`; `manifest` is the SHA-256 of its SHA256SUMS. */
  previous?: { version: string; manifest: string };
  /** `iceberg` in the `datapackage.json` of the previous release, without retyped columns, if it differs from that of `from`. */
  iceberg?: IcebergTables;
  /** The older release was removed: the file quotes none of its records and cannot be applied. */
  removed?: true;
}

/** `changes.json`. */
export interface ChangesFile extends ChangesHead {
  level: ChangeLevel;
  summary: string;
  schema: Change[];
  tables: Record<string, TableChanges>;
}

export interface TableChanges {
  counts: Record<string, number>;
  added?: JsonRecord[];
  changed?: ChangedRecord[];
  replaced?: { key: string; by: string; record: JsonRecord }[];
  removed?: { key: string; record: JsonRecord }[];
  rewritten?: { key: string; record: JsonRecord }[];
  order?: (number | [number, number])[];
}

/** Part of `changes.json`: text, or the lines of a list. */
export type ChangesPart = string | { table: string; list: ChangeListName };

/** Yields `changes.json` in parts, one value per line, so that no list is kept in memory. */
export function* changesFileParts(head: ChangesHead, difference: Difference): Generator<ChangesPart> {
  const { from, to, ...more } = head;
  const start = {
    from,
    to,
    level: difference.level,
    summary: summarizeDifference(difference, PUBLISHED_WORDING),
    ...more,
    schema: difference.schema,
  };
  yield `${JSON.stringify(start, null, 1).slice(0, -2)},\n "tables": {`;
  let first = true;
  for (const [table, { counts, spools }] of Object.entries(difference.tables)) {
    const lists = CHANGE_LISTS.filter((list) => spools[list] !== undefined);
    if (lists.length === 0) continue;
    yield `${first ? "" : ","}\n  ${JSON.stringify(table)}: {\n   "counts": ${JSON.stringify(counts)}`;
    first = false;
    for (const list of lists) {
      yield `,\n   ${JSON.stringify(list)}: [\n`;
      yield { table, list };
      yield "\n   ]";
    }
    yield "\n  }";
  }
  yield first ? "}\n}\n" : "\n }\n}\n";
}
