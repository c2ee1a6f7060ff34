import { recordKeyValues } from "../contract/record-key.ts";
import { findHiddenCharacter } from "../diagnostics/find-hidden-character.ts";
import type { Problem } from "../diagnostics/problem.ts";
import { type Copied, keyRules } from "../diagnostics/rules/key-rules.ts";
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

const sameKey = (plan: TablePlan, { key, ...location }: KeyedRecord, first: string | undefined, copied?: Copied): Problem => ({
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

/** The records of a file, and how many of them have the key of an earlier record. */
interface FileKeys {
  records: number;
  repeated: number;
  /** Records before the first of those; undefined without one. */
  before: number | undefined;
  /** Repeated records whose locations are known. */
  located: number;
}

/** Each record by itself, but the records of a file as one if they are a copy. */
function groupCopies(repeated: readonly RepeatedRecord[], files: ReadonlyMap<string, FileKeys>): (RepeatedRecord & { copied?: Copied })[] {
  const byFile = new Map<string, RepeatedRecord[]>();
  for (const one of repeated) {
    const known = byFile.get(one.record.file);
    if (known) known.push(one);
    else byFile.set(one.record.file, [one]);
  }
  return [...byFile].flatMap(([file, all]) => {
    const copied = copyOf(file, all, files.get(file));
    return copied && all[0] ? [{ ...all[0], copied }] : all;
  });
}

/** Whether all records of a file have keys of one other file, or the second half of it has the keys of the first. */
function copyOf(file: string, repeated: readonly RepeatedRecord[], keys: FileKeys | undefined): Copied | undefined {
  const other = repeated[0]?.location?.file;
  // Without collisions of fingerprints, all located records are here.
  if (!keys || other === undefined || keys.repeated < MIN_COPIED || repeated.length !== keys.located) return undefined;
  if (!repeated.every(({ location }) => location?.file === other)) return undefined;
  const isOwn = other === file;
  if (keys.repeated * (isOwn ? 2 : 1) !== keys.records) return undefined;
  // Pairs of equal records side by side, or one record many times, are no second half.
  if (isOwn && (keys.before !== keys.repeated || new Set(repeated.map(({ record }) => record.key)).size < repeated.length))
    return undefined;
  return { records: keys.repeated, isOwn, areAllLocated: keys.located === keys.repeated };
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
  readonly #files = new Map<string, FileKeys>();

  constructor(table: RunningTable) {
    this.#table = table;
  }

  /** Compares the keys of a batch with all earlier keys. */
  add(checked: CheckedBatch): void {
    const { keys, records } = checked.result;
    const file = this.#fileKeys(checked.file);
    const { keys: known, similar } = this.#seenBefore(checked);
    const repeated = new Map<string, number>();
    const alike = new Set<string>();
    known.readAhead(keys.fingerprints);
    for (let number = 0; number < keys.count; number += 1) {
      if (!known.add(keys.fingerprints, number)) {
        const key = keyBatchText(keys, number);
        repeated.set(key, (repeated.get(key) ?? 0) + 1);
        file.before ??= file.records + number;
      } else if (similar.add(keys, number) || keys.hidden.includes(number)) alike.add(keyBatchText(keys, number));
    }
    file.records += records;
    if (alike.size > 0) this.#addAlike(checked, alike);
    if (repeated.size > 0) this.#addRepeated(checked, repeated);
  }

  #fileKeys(file: string): FileKeys {
    const known = this.#files.get(file) ?? { records: 0, repeated: 0, before: undefined, located: 0 };
    this.#files.set(file, known);
    return known;
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
    const counts = this.#fileKeys(file);
    counts.repeated += [...keys.values()].reduce((sum, times) => sum + times, 0);
    if (!this.#mayLocate(counts)) return;
    const locations = this.#table.engine.find(batch, { keys: new Set(keys.keys()) });
    for (const [key, times] of keys)
      for (const { key: _, ...location } of locations.filter((found) => found.key === key).slice(-times))
        if (this.#mayLocate(counts)) {
          this.#repeated.push({ file, key, ...location });
          counts.located += 1;
        }
  }

  /** At least `MIN_COPIED` records of each file, up to twice the maximum: the file may be a copy. */
  #mayLocate({ located }: FileKeys): boolean {
    return this.#repeated.length < MAX_PROBLEMS || (located < MIN_COPIED && this.#repeated.length < 2 * MAX_PROBLEMS);
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
    const grouped = groupCopies(repeated, this.#files);
    for (const { record, location, copied } of grouped)
      run.problems.add(sameKey(plan, record, location && `${location.file}:${location.line}`, copied), plan.name);
    const copies = new Set(grouped.flatMap(({ record, copied }) => (copied ? [record.file] : [])));
    for (const [file, { repeated: all, located }] of this.#files) if (!copies.has(file)) run.problems.addUnlisted(all - located);
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
