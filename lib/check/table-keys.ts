import { recordKeyValues } from "../contract/record-key.ts";
import { findHiddenCharacter } from "../diagnostics/find-hidden-character.ts";
import type { Problem } from "../diagnostics/problem.ts";
import { keyRules } from "../diagnostics/rules/key-rules.ts";
import { valueRules } from "../diagnostics/rules/value-rules.ts";
import { isHiddenKey } from "../engine/is-hidden-key.ts";
import { isKeyAppearanceBlank, keyAppearance } from "../engine/key-appearance.ts";
import { keyBatchText, keyBatchTexts } from "../engine/key-batch.ts";
import { spacedKeyValue } from "../engine/spaced-key-value.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import type { CheckedBatch } from "./checked-batch.ts";
import { FingerprintSet } from "./fingerprint-set.ts";
import { firstLocations, type ProblemLocation } from "./first-locations.ts";
import { MAX_PROBLEMS } from "./problem-list.ts";
import { type RunningTable, runBatches } from "./run-batches.ts";
import { SimilarKeys } from "./similar-keys.ts";
import { tableBytes } from "./table-bytes.ts";

/** Maximum keys whose look is searched in the table. */
const MAX_LOOKS = 100;

/** A record with a repeated or similar key. */
interface KeyedRecord extends ProblemLocation {
  key: string;
}

/** The columns of a key with their values. */
const keyParts = (plan: TablePlan, key: string): { name: string; value: unknown }[] => {
  const values = recordKeyValues(plan, key);
  return plan.primaryKey.map((name, i) => ({ name, value: values?.[i] }));
};

/** `copied`: the number of records of its file, if the file of `first` has the keys of all. */
const sameKey = (plan: TablePlan, { key, ...location }: KeyedRecord, first: string | undefined, copied?: number): Problem => ({
  ...location,
  ...keyRules.keyTwice(keyParts(plan, key), first, plan.name, copied),
});

/** A record with the key of an earlier one. */
interface RepeatedRecord {
  record: KeyedRecord;
  location: ProblemLocation | undefined;
}

/** From this many records on, one file is taken for a copy of another. */
const MIN_COPIED = 3;

/** Each record by itself, but the records of a file together if all of their keys are in one other file. `sizes`: records by file. */
function groupCopies(repeated: readonly RepeatedRecord[], sizes: ReadonlyMap<string, number>): RepeatedRecord[][] {
  const groups = new Map<string, RepeatedRecord[]>();
  for (const one of repeated) {
    const files = JSON.stringify([one.record.file, one.location?.file]);
    const known = groups.get(files);
    if (known) known.push(one);
    else groups.set(files, [one]);
  }
  const isCopy = (records: readonly RepeatedRecord[]): boolean => {
    const { file } = records[0]?.record ?? {};
    const other = records[0]?.location?.file;
    return (
      file !== undefined && other !== undefined && other !== file && records.length >= MIN_COPIED && records.length === sizes.get(file)
    );
  };
  return [...groups.values()].flatMap((records) => (isCopy(records) ? [records] : records.map((one) => [one])));
}

/** The problem of a key that looks like another key, or is invisible. */
function keyProblem(plan: TablePlan, { key, ...location }: KeyedRecord, other: { key: string; location: string } | undefined): Problem {
  const look = keyAppearance(plan, key);
  if (isKeyAppearanceBlank(plan, key) && look === keyAppearance(plan, other?.key ?? key))
    return { ...location, ...keyRules.keyBlank(plan.name) };
  const hidden = findHiddenCharacter(key);
  const spaced = spacedKeyValue(plan, key);
  if (hidden === undefined && spaced !== undefined && !other) return { ...location, ...valueRules.edgeSpace(spaced) };
  if (hidden !== undefined && !other) return { ...location, ...keyRules.keyHidden(keyParts(plan, key), hidden) };
  return { ...location, ...keyRules.keyAlike(keyParts(plan, key), other && { ...other, parts: keyParts(plan, other.key) }, plan.name) };
}

const isSameLocation = (a: ProblemLocation, b: ProblemLocation): boolean => a.file === b.file && a.line === b.line && a.column === b.column;

/** Finds keys of a table that are repeated, look like another key, or are invisible. */
export class TableKeys {
  readonly #table: RunningTable;
  #seen: { keys: FingerprintSet; similar: SimilarKeys } | undefined;
  readonly #repeated: KeyedRecord[] = [];
  readonly #alike: KeyedRecord[] = [];
  /** File → number of records. */
  readonly #sizes = new Map<string, number>();

  constructor(table: RunningTable) {
    this.#table = table;
  }

  /** Compares the keys of a batch with all earlier keys. */
  add(checked: CheckedBatch): void {
    const { keys, records } = checked.result;
    this.#sizes.set(checked.file, (this.#sizes.get(checked.file) ?? 0) + records);
    const { keys: known, similar } = this.#seenBefore(checked);
    const repeated = new Map<string, number>();
    const alike = new Set<string>();
    known.readAhead(keys.fingerprints);
    for (let number = 0; number < keys.count; number += 1) {
      if (!known.add(keys.fingerprints, number)) {
        const key = keyBatchText(keys, number);
        repeated.set(key, (repeated.get(key) ?? 0) + 1);
      } else if (similar.add(keys, number) || keys.hidden.includes(number)) alike.add(keyBatchText(keys, number));
    }
    if (alike.size > 0) this.#addAlike(checked, alike);
    if (repeated.size > 0) this.#addRepeated(checked, repeated);
  }

  /** Sized by the number of records, estimated from the first batch. */
  #seenBefore({ batch, result }: CheckedBatch): { keys: FingerprintSet; similar: SimilarKeys } {
    if (this.#seen) return this.#seen;
    const { run, plan } = this.#table;
    const keys = new FingerprintSet(Math.ceil((result.records * tableBytes(run, plan) * 1.02) / batch.bytes.length));
    this.#seen = { keys, similar: new SimilarKeys(plan, keys) };
    return this.#seen;
  }

  #addAlike(checked: CheckedBatch, keys: ReadonlySet<string>): void {
    const { run, plan, engine } = this.#table;
    for (const { message: _, ...found } of engine.find(checked.batch, { keys })) {
      // An invalid key is reported once.
      if (checked.hasProblemAt(found)) continue;
      const record = { file: checked.file, ...found };
      if (this.#alike.length < MAX_LOOKS) this.#alike.push(record);
      else run.problems.add(keyProblem(plan, record, undefined), plan.name);
    }
  }

  /** `keys`: how often each is repeated. */
  #addRepeated({ file, batch }: CheckedBatch, keys: ReadonlyMap<string, number>): void {
    const { run, plan, engine } = this.#table;
    const locations = engine.find(batch, { keys: new Set(keys.keys()) });
    for (const [key, times] of keys)
      for (const { key: _, ...location } of locations.filter((found) => found.key === key).slice(-times))
        if (this.#repeated.length < MAX_PROBLEMS) this.#repeated.push({ file, key, ...location });
        else run.problems.add(sameKey(plan, { file, key, ...location }, undefined), plan.name);
  }

  /** Reads the table again if there are such keys, and reports each with the first record of that key or look. */
  async end(): Promise<void> {
    if (this.#repeated.length > 0) await this.#reportRepeated();
    if (this.#alike.length > 0) await this.#reportAlike();
  }

  async #reportRepeated(): Promise<void> {
    const { run, plan } = this.#table;
    const wanted = new Set(this.#repeated.map(({ key }) => key));
    const first = await firstLocations(this.#table, wanted);
    const found = this.#repeated.map((record) => ({ record, location: first.get(record.key) }));
    // A collision: another key has the same fingerprint.
    const repeated = found.filter(({ record, location }) => !location || !isSameLocation(location, record));
    for (const [one, ...copied] of groupCopies(repeated, this.#sizes)) {
      if (!one) continue;
      const at = one.location && `${one.location.file}:${one.location.line}`;
      run.problems.add(sameKey(plan, one.record, at, copied.length > 0 ? copied.length + 1 : undefined), plan.name);
    }
  }

  async #reportAlike(): Promise<void> {
    const { run, plan } = this.#table;
    const first = await this.#firstWithLooks(new Set(this.#alike.map(({ key }) => keyAppearance(plan, key))));
    for (const record of this.#alike) {
      const other = first.get(keyAppearance(plan, record.key));
      const isItself = other?.key === record.key;
      const isBlank = isKeyAppearanceBlank(plan, record.key);
      // A collision: the fingerprints of two looks are equal.
      if (isItself && !isBlank && !isHiddenKey(plan, record.key)) continue;
      run.problems.add(keyProblem(plan, record, isItself && !isBlank ? undefined : other), plan.name);
    }
  }

  /** The first record with each look. */
  async #firstWithLooks(wanted: ReadonlySet<string>): Promise<Map<string, { key: string; location: string }>> {
    const { plan, engine } = this.#table;
    const first = new Map<string, { key: string; location: string }>();
    await runBatches(
      this.#table,
      () => "index",
      async (file, batch, { keys }) => {
        const here = new Map<string, string>();
        for (const key of keyBatchTexts(keys)) {
          const look = keyAppearance(plan, key);
          if (wanted.has(look) && !first.has(look) && !here.has(look)) here.set(look, key);
        }
        const locations = here.size > 0 ? engine.find(batch, { keys: new Set(here.values()) }) : [];
        for (const [look, key] of here)
          first.set(look, { key, location: `${file}:${locations.find((location) => location.key === key)?.line}` });
      },
    );
    return first;
  }
}
