import { nearestName } from "../diagnostics/nearest-name.ts";
import type { Problem } from "../diagnostics/problem.ts";
import { keyRules } from "../diagnostics/rules/key-rules.ts";
import { keysInTable } from "../engine/key-table.ts";
import { keysNotIn } from "../engine/keys-not-in.ts";
import type { CheckedBatch } from "./checked-batch.ts";
import type { ProblemLocation } from "./first-locations.ts";
import type { TableIndex } from "./index-table.ts";
import type { RunningTable } from "./run-batches.ts";

/** Maximum missing keys for which the intended record is searched: a search reads the whole index. */
const MAX_SEARCHED = 100;

/** Maximum keys that a missing key is compared with. */
const MAX_COMPARED = 50_000;

/** A reference and its location in the file. */
interface LocatedReference extends Omit<ProblemLocation, "file"> {
  table: string;
  key: string;
}

/** A reference to a missing record, and how often it is repeated. */
interface Dangling extends LocatedReference {
  file: string;
  more: number;
}

interface Intended {
  key: string;
  label?: string | undefined;
}

/** Shorter codes begin too many labels. */
const LABEL_START = 3;

/** The only record of the same kind whose label starts with a code: `country:ISR` is Israel, although Iran's key is more similar. */
function labelledLike(labels: TableIndex["labels"], key: string): Intended | undefined {
  const [, kind = "", code = ""] = /^(.*:)?([^:]*)$/.exec(key.trim().toLowerCase()) ?? [];
  if (code.length < LABEL_START) return undefined;
  const [only, ...others] = [...labels].filter(
    ([other, label]) => other.toLowerCase().startsWith(kind) && label.toLowerCase().startsWith(code),
  );
  return only && others.length === 0 ? { key: only[0], label: only[1] } : undefined;
}

/** The record that was probably intended: its key or its label is or ends with the text, or starts with it, or its key is similar. */
function searchIntended({ keys, labels }: TableIndex, key: string): Intended | undefined {
  const wanted = key.trim().toLowerCase();
  const near = keys.starts.length > MAX_COMPARED ? undefined : nearestName(key, keysInTable(keys));
  if (near?.toLowerCase() === wanted) return { key: near };
  const named = [...labels].find(
    ([other, label]) => label.toLowerCase() === wanted || (wanted !== "" && other.toLowerCase().endsWith(`:${wanted}`)),
  );
  if (named) return { key: named[0], label: named[1] };
  const labelled = labelledLike(labels, key);
  if (labelled && labelled.key !== near) return labelled;
  return near === undefined ? undefined : { key: near };
}

/** Collects the references of all tables to missing records. */
export class MissingReferences {
  readonly #indexes: ReadonlyMap<string, TableIndex>;
  /** Table with the references → each missing record once. */
  readonly #dangling = new Map<string, Map<string, Dangling>>();
  /** Table and key → the record that was probably intended. */
  readonly #intended = new Map<string, Intended | undefined>();
  readonly #invalidKeys = new Set<string>();

  constructor(indexes: ReadonlyMap<string, TableIndex>) {
    this.#indexes = indexes;
  }

  get isEmpty(): boolean {
    return [...this.#dangling.values()].every(({ size }) => size === 0);
  }

  isEmptyIn(table: string): boolean {
    return (this.#dangling.get(table)?.size ?? 0) === 0;
  }

  /** A key of a table is invalid: references to the table are not reported. */
  addInvalidKey(table: string): void {
    this.#invalidKeys.add(table);
  }

  /** Finds the missing references of a batch. */
  add(table: RunningTable, checked: CheckedBatch): void {
    const dangling = this.#dangling.get(table.plan.name) ?? new Map<string, Dangling>();
    this.#dangling.set(table.plan.name, dangling);
    for (const reference of this.#find(table, checked)) {
      // An invalid value is reported once: as a missing reference if a record was probably intended.
      const isInvalid = checked.hasProblemAt(reference);
      if (isInvalid && this.#intendedRecord(reference) === undefined) continue;
      if (isInvalid) checked.deleteProblemsAt(reference);
      const text = `${reference.table} ${reference.key}`;
      const before = dangling.get(text);
      if (before) before.more += 1;
      else dangling.set(text, { file: checked.file, ...reference, more: 0 });
    }
  }

  #find({ engine }: RunningTable, { batch, result }: CheckedBatch): LocatedReference[] {
    return [...result.references].flatMap(([table, found]) => {
      const index = this.#indexes.get(table);
      const keys = new Set(index?.complete ? keysNotIn(found, index.keys) : []);
      if (keys.size === 0) return [];
      return engine.find(batch, { table, keys }).map(({ key, line, column, field }) => ({
        table,
        key,
        line,
        column,
        ...(field ? { field } : {}),
      }));
    });
  }

  #intendedRecord({ table, key }: LocatedReference): Intended | undefined {
    const text = `${table} ${key}`;
    const index = this.#indexes.get(table);
    if (index && !this.#intended.has(text) && this.#intended.size < MAX_SEARCHED) this.#intended.set(text, searchIntended(index, key));
    return this.#intended.get(text);
  }

  /** One problem for each missing key, and each table that refers to it. */
  problems(): Problem[] {
    const all = [...this.#dangling.values()].flatMap((dangling) => [...dangling.values()]);
    return all
      .filter(({ table }) => this.#indexes.has(table) && !this.#invalidKeys.has(table))
      .map((reference) => {
        const { table, key, more, ...location } = reference;
        return { ...location, ...keyRules.noSuchRecord(key, table, this.#intendedRecord(reference), more) };
      });
  }
}
