import type { BytePattern } from "./byte-pattern.ts";
import type { CombinedCheck, ListCheck, NumberCheck, ObjectCheck, RecordCheck, TextCheck } from "./record-check.ts";
import type { RecordTape } from "./record-tape.ts";
import type { Remaining } from "./remaining-checks.ts";
import { StringFlag } from "./string-flag.ts";
import { NUMBER, ValueKind } from "./value-kind.ts";

/** The verdict on a value. Ordered, so that *all of* is the minimum of several verdicts, and *any of* the maximum. */
export const ProverAnswer = { no: 0, unknown: 1, yes: 2 } as const;
type Known = number;

/** Maximum nesting of schemas. Deeper and recursive ones are left to ajv. */
const MAX_DEPTH = 200;

/** Decides whether values on a tape are valid, or that this is not certain. */
export class Prover {
  readonly #tape: RecordTape;
  /** The memory that the tape refers to. */
  #bytes: Buffer = Buffer.alloc(0);

  constructor(tape: RecordTape) {
    this.#tape = tape;
  }

  /** Decides the remaining checks of a record of a known form. */
  proveRemaining(remaining: readonly Remaining[], bytes: Buffer): Known {
    this.#bytes = bytes;
    let known: Known = ProverAnswer.yes;
    for (let i = 0; i < remaining.length && known > ProverAnswer.no; i += 1) {
      const { check, entry } = remaining[i] as Remaining;
      known = Math.min(known, this.#verdict(check, entry, 0));
    }
    return known;
  }

  prove(check: RecordCheck, bytes: Buffer): Known {
    this.#bytes = bytes;
    return this.#verdict(check, 0, 0);
  }

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: a dispatch by kind of value
  #verdict(check: RecordCheck, entry: number, depth: number): Known {
    const kind = this.#tape.kinds[entry] as number;
    if ((check.kinds & kind) === 0) return ProverAnswer.no;
    if (depth > MAX_DEPTH) return ProverAnswer.unknown;
    let known: Known = check.isPartial ? ProverAnswer.unknown : ProverAnswer.yes;
    if (kind === ValueKind.string) {
      if (check.allowed && check.allowed.strings.find(this.#bytes, this.#start(entry), this.#end(entry)) < 0) return ProverAnswer.no;
      if (check.text && !this.#isText(check.text, entry)) return ProverAnswer.no;
    } else if ((kind & NUMBER) !== 0) {
      if (check.allowed && check.allowed.numbers.find(this.#bytes, this.#start(entry), this.#end(entry)) < 0) return ProverAnswer.no;
      if (check.number && !this.#isNumber(check.number, entry)) return ProverAnswer.no;
    } else if (kind === ValueKind.object) {
      if (check.object) known = Math.min(known, this.#object(check.object, entry, depth));
    } else if (kind === ValueKind.list && check.list) known = Math.min(known, this.#list(check.list, entry, depth));
    if (known === ProverAnswer.no) return known;
    return check.combined ? Math.min(known, this.#combined(check.combined, entry, depth + 1)) : known;
  }

  #combined({ all, any, one, not, when }: CombinedCheck, entry: number, depth: number): Known {
    let known: Known = this.#every(all, entry, depth);
    for (let i = 0; i < any.length && known > ProverAnswer.no; i += 1)
      known = Math.min(known, this.#some(any[i] as RecordCheck[], entry, depth));
    for (let i = 0; i < one.length && known > ProverAnswer.no; i += 1)
      known = Math.min(known, this.#exactlyOne(one[i] as RecordCheck[], entry, depth));
    if (not) known = Math.min(known, ProverAnswer.yes - this.#verdict(not, entry, depth));
    if (when) known = Math.min(known, this.#conditional(when, entry, depth));
    return known;
  }

  #every(checks: readonly RecordCheck[], entry: number, depth: number): Known {
    let known: Known = ProverAnswer.yes;
    for (let i = 0; i < checks.length; i += 1) {
      known = Math.min(known, this.#verdict(checks[i] as RecordCheck, entry, depth));
      if (known === ProverAnswer.no) break;
    }
    return known;
  }

  #some(checks: readonly RecordCheck[], entry: number, depth: number): Known {
    let known: Known = ProverAnswer.no;
    for (let i = 0; i < checks.length; i += 1) {
      known = Math.max(known, this.#verdict(checks[i] as RecordCheck, entry, depth));
      if (known === ProverAnswer.yes) break;
    }
    return known;
  }

  #exactlyOne(checks: readonly RecordCheck[], entry: number, depth: number): Known {
    let held = 0;
    let unknown = 0;
    for (let i = 0; i < checks.length && held < 2; i += 1) {
      const known = this.#verdict(checks[i] as RecordCheck, entry, depth);
      if (known === ProverAnswer.yes) held += 1;
      else if (known === ProverAnswer.unknown) unknown += 1;
    }
    if (held > 1) return ProverAnswer.no;
    return unknown > 0 ? ProverAnswer.unknown : held === 1 ? ProverAnswer.yes : ProverAnswer.no;
  }

  #conditional({ condition, holding, otherwise }: NonNullable<CombinedCheck["when"]>, entry: number, depth: number): Known {
    const known = this.#verdict(condition, entry, depth);
    if (known === ProverAnswer.unknown) return holding || otherwise ? ProverAnswer.unknown : ProverAnswer.yes;
    const next = known === ProverAnswer.yes ? holding : otherwise;
    return next ? this.#verdict(next, entry, depth) : ProverAnswer.yes;
  }

  #object(check: ObjectCheck, object: number, depth: number): Known {
    const tape = this.#tape;
    const end = tape.nexts[object] as number;
    let known: Known = ProverAnswer.yes;
    let required = 0;
    let count = 0;
    for (let entry = object + 1; entry < end; entry = tape.nexts[entry] as number) {
      const name = tape.names[entry] as number;
      const property = check.properties[name] ?? check.property(name);
      count += 1;
      if (property.isRequired) required += 1;
      if (!property.check) continue;
      known = Math.min(known, this.#verdict(property.check, entry, depth + 1));
      if (property.others.length > 0) known = Math.min(known, this.#every(property.others, entry, depth + 1));
      if (known === ProverAnswer.no) return known;
    }
    if (required < check.requiredCount || count < check.minProperties || count > check.maxProperties) return ProverAnswer.no;
    return check.dependent.length > 0 ? Math.min(known, this.#dependent(check, object, depth)) : known;
  }

  #dependent({ dependent }: ObjectCheck, object: number, depth: number): Known {
    let known: Known = ProverAnswer.yes;
    for (const { name, required, check } of dependent) {
      if (this.#tape.property(object, name) < 0) continue;
      if (required.some((other) => this.#tape.property(object, other) < 0)) return ProverAnswer.no;
      if (check) known = Math.min(known, this.#verdict(check, object, depth + 1));
    }
    return known;
  }

  #list(check: ListCheck, list: number, depth: number): Known {
    const tape = this.#tape;
    const end = tape.nexts[list] as number;
    let known: Known = ProverAnswer.yes;
    let count = 0;
    for (let entry = list + 1; entry < end; entry = tape.nexts[entry] as number) {
      const item = count < check.prefix.length ? check.prefix[count] : check.items;
      count += 1;
      if (!item) continue;
      known = Math.min(known, this.#verdict(item, entry, depth + 1));
      if (known === ProverAnswer.no) return known;
    }
    if (count < check.minItems || count > check.maxItems) return ProverAnswer.no;
    if (check.contains) known = Math.min(known, this.#contains(check.contains, list, depth));
    if (check.unique && count > 1 && !check.unique(this.#value(list) as unknown[])) return ProverAnswer.no;
    return known;
  }

  #contains({ check, least, most }: NonNullable<ListCheck["contains"]>, list: number, depth: number): Known {
    const tape = this.#tape;
    let held = 0;
    let unknown = 0;
    for (let entry = list + 1; entry < (tape.nexts[list] as number); entry = tape.nexts[entry] as number) {
      const known = this.#verdict(check, entry, depth + 1);
      if (known === ProverAnswer.yes) held += 1;
      else if (known === ProverAnswer.unknown) unknown += 1;
    }
    if (held > most || held + unknown < least) return ProverAnswer.no;
    return unknown > 0 ? ProverAnswer.unknown : ProverAnswer.yes;
  }

  #isText(check: TextCheck, entry: number): boolean {
    const bytes = this.#bytes;
    const [start, end] = [this.#start(entry), this.#end(entry)];
    const holds = this.#tape.holds[entry] as number;
    if (!isLongEnough(check, bytes, start, end)) return false;
    if (!this.#matches(check.patterns, entry, holds)) return false;
    if (check.format === undefined || (check.isDay && isPlainDay(bytes, start, end, check.isEdtf))) return true;
    return check.format(this.#value(entry) as string);
  }

  #matches(patterns: TextCheck["patterns"], entry: number, holds: number): boolean {
    for (const { bytes, test } of patterns) {
      const isDecided = bytes && (holds & (bytes.isAscii ? StringFlag.backslash | StringFlag.unusual : StringFlag.backslash)) === 0;
      const matches = isDecided ? runPattern(bytes, this.#bytes, this.#start(entry), this.#end(entry)) : test(this.#value(entry) as string);
      if (!matches) return false;
    }
    return true;
  }

  #isNumber(check: NumberCheck, entry: number): boolean {
    const value = this.#value(entry) as number;
    return (
      value >= check.minimum &&
      value <= check.maximum &&
      value > check.above &&
      value < check.below &&
      (check.multipleOf === undefined || check.multipleOf(value))
    );
  }

  /** A value as returned by `JSON.parse`. */
  #value(entry: number): unknown {
    return this.#tape.value(entry, this.#bytes);
  }

  #start(entry: number): number {
    return this.#tape.starts[entry] as number;
  }

  #end(entry: number): number {
    return this.#tape.ends[entry] as number;
  }
}

/** Checks the length in characters, which are counted only if the number of bytes does not decide. */
function isLongEnough({ minLength, maxLength }: TextCheck, bytes: Uint8Array, start: number, end: number): boolean {
  const size = end - start;
  if (size < minLength) return false;
  // A character has at most four bytes, an escape for one character two.
  if (size >= minLength * 4 && size <= maxLength) return true;
  let length = 0;
  for (let i = start; i < end; i += 1) {
    if (bytes[i] === 0x5c) i += 1;
    if (((bytes[i] as number) & 0xc0) !== 0x80) length += 1;
  }
  return length >= minLength && length <= maxLength;
}

const digit = (c = 0): number => (c >= 0x30 && c <= 0x39 ? c - 0x30 : -100);

/** Whether a text is a date that is valid in every month: at most the 28th. */
function isPlainDay(bytes: Uint8Array, start: number, end: number, isShort: boolean): boolean {
  const size = end - start;
  if (!(size === 10 || (isShort && (size === 4 || size === 7)))) return false;
  for (let i = start; i < start + 4; i += 1) if (digit(bytes[i]) < 0) return false;
  return (size === 4 || isWithin(bytes, start + 4, 12)) && (size < 10 || isWithin(bytes, start + 7, 28));
}

/** Whether `-` and a two-digit number from 1 to `most` are at an offset. */
function isWithin(bytes: Uint8Array, offset: number, most: number): boolean {
  const value = digit(bytes[offset + 1]) * 10 + digit(bytes[offset + 2]);
  return bytes[offset] === 0x2d && value >= 1 && value <= most;
}

/** Runs a pattern on the bytes of a text. */
function runPattern({ next, accepts }: BytePattern, bytes: Uint8Array, start: number, end: number): boolean {
  let state = 0;
  for (let i = start; i < end; i += 1) state = next[(state << 8) | (bytes[i] as number)] as number;
  return accepts[state] === 1;
}
