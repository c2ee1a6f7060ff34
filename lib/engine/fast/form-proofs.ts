import type { Kernel } from "../../kernel/kernel.ts";
import type { ByteMap } from "./byte-map.ts";
import type { BytePattern } from "./byte-pattern.ts";
import type { NumberCheck, RecordCheck, TextCheck } from "./record-check.ts";
import type { RecordTape } from "./record-tape.ts";
import type { Remaining } from "./remaining-checks.ts";
import { NUMBER, ValueKind } from "./value-kind.ts";

/** Checks of a value that the kernel supports (assembly/prove-steps.ts). */
const DEMANDS = { oneOf: 0, pattern: 1, day: 2, length: 3, within: 4 } as const;

/** A check and its two arguments: addresses or numbers. */
type Demand = [demand: number, first: number, second: number];

/** Maximum texts to compare one by one. For more, a hash table is faster. */
const MAX_TEXTS = 64;
const MAX_LENGTH = 0xffffffff;

/** The kernel's steps to prove that a record of a form is valid. */
export interface FormProof {
  address: number;
  count: number;
}

/** Compiles the remaining checks of forms. */
export class FormProofs {
  readonly #kernel: Kernel;
  readonly #texts = new Map<ByteMap, number>();
  readonly #patterns = new Map<BytePattern, [next: number, accepts: number]>();
  readonly #bounds = new Map<NumberCheck, number>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Compiles the proof for the form of the record on a tape; undefined if the kernel does not support a check. */
  compile(remaining: readonly Remaining[], tape: RecordTape): FormProof | undefined {
    const steps: number[] = [];
    for (const { check, entry } of remaining) {
      const demands = this.#demands(check, tape.kinds[entry] as number);
      if (!demands) return undefined;
      for (const [demand, ...more] of demands) steps.push(demand, entry, ...more);
    }
    return { address: this.#kernel.put(Uint32Array.from(steps)), count: steps.length / 4 };
  }

  #demands(check: RecordCheck, kind: number): Demand[] | undefined {
    if (check.isPartial || check.combined || (check.kinds & kind) === 0) return undefined;
    if (kind === ValueKind.string) return joined(this.#ofAllowed(check.allowed?.strings), check.text ? this.#ofText(check.text) : []);
    if ((kind & NUMBER) === 0) return undefined;
    return joined(this.#ofAllowed(check.allowed?.numbers), check.number ? this.#ofNumber(check.number) : []);
  }

  #ofAllowed(texts: ByteMap | undefined): Demand[] | undefined {
    if (!texts) return [];
    return texts.size > MAX_TEXTS ? undefined : [[DEMANDS.oneOf, this.#textsAt(texts), texts.size]];
  }

  #ofText({ minLength, maxLength, patterns, format, isDay, isEdtf }: TextCheck): Demand[] | undefined {
    if (format && !isDay) return undefined;
    const demands: Demand[] = [];
    if (minLength > 0 || maxLength !== Number.POSITIVE_INFINITY)
      demands.push([DEMANDS.length, Math.min(minLength, MAX_LENGTH), Math.min(maxLength, MAX_LENGTH)]);
    for (const { bytes } of patterns) {
      if (!bytes) return undefined;
      // Also for ASCII texts only: such an automaton accepts no text that RE2 does not match, and what it rejects is left to the prover.
      demands.push([DEMANDS.pattern, ...this.#patternAt(bytes)]);
    }
    if (isDay) demands.push([DEMANDS.day, isEdtf ? 1 : 0, 0]);
    return demands;
  }

  #ofNumber(check: NumberCheck): Demand[] | undefined {
    if (check.multipleOf) return undefined;
    const known = this.#bounds.get(check);
    const { minimum, maximum, above, below } = check;
    const address = known ?? this.#kernel.put(Float64Array.of(minimum, maximum, above, below));
    this.#bounds.set(check, address);
    return [[DEMANDS.within, address, 0]];
  }

  /** The address of texts in the kernel, each with a length prefix. */
  #textsAt(texts: ByteMap): number {
    let address = this.#texts.get(texts);
    if (address === undefined) {
      const all = Array.from({ length: texts.size }, (_, number) => Buffer.from(texts.text(number)));
      address = this.#kernel.put(Buffer.concat(all.flatMap((text) => [Buffer.from(Uint32Array.of(text.length).buffer), text])));
      this.#texts.set(texts, address);
    }
    return address;
  }

  #patternAt(pattern: BytePattern): [next: number, accepts: number] {
    const known = this.#patterns.get(pattern);
    const addresses: [number, number] = known ?? [this.#kernel.put(pattern.next), this.#kernel.put(pattern.accepts)];
    this.#patterns.set(pattern, addresses);
    return addresses;
  }
}

const joined = (a: Demand[] | undefined, b: Demand[] | undefined): Demand[] | undefined => (a && b ? [...a, ...b] : undefined);
