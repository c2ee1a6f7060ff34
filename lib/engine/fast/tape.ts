/** What a value is, as bits: a set of kinds is a number. */
export const Kind = {
  string: 1,
  /** A number without a fraction. */
  integer: 2,
  fraction: 4,
  object: 8,
  list: 16,
  true: 32,
  false: 64,
  null: 128,
} as const;

export const NUMBER = Kind.integer | Kind.fraction;
export const ANY_KIND = 255;

/** What a string holds, as bits. */
export const Holds = {
  /** Anything for which a CSV puts quotes around a cell. */
  quotable: 1,
  semicolon: 2,
  backslash: 4,
  /** Characters beyond ASCII, or others that have to be looked at. */
  unusual: 8,
} as const;

/** The number of the name of what has none: the record, and the items of lists. */
export const NO_NAME = -1;

/** What is the same on the tapes of all records of one form. */
export interface TapeForm {
  size: number;
  kinds: Uint8Array;
  names: Int32Array;
  nexts: Int32Array;
}

/**
 * A record as a table of its values in the order in which they are written: entry 0 is the record, and what an object or a list
 * holds follows it. Offsets are into the record's canonical text.
 */
export class Tape implements TapeForm {
  size = 0;
  kinds: Uint8Array = new Uint8Array(256);
  holds = new Uint8Array(256);
  /** The number of the property's name. */
  names: Int32Array = new Int32Array(256);
  /** First byte of the value; of a string, without its quotes. */
  starts = new Int32Array(256);
  ends = new Int32Array(256);
  /** The entry after a value and all that is in it. */
  nexts: Int32Array = new Int32Array(256);
  /** Where the value stands in the bytes that were read. */
  readStarts = new Int32Array(256);
  readEnds = new Int32Array(256);
  /** The arrays to write to while those of a form are in their place. */
  #own: TapeForm = { size: 0, kinds: this.kinds, names: this.names, nexts: this.nexts };

  clear(): void {
    if (this.kinds !== this.#own.kinds) this.use(this.#own);
    this.size = 0;
  }

  /** Takes everything from a form but the places of values. */
  use({ size, kinds, names, nexts }: TapeForm): void {
    this.size = size;
    this.kinds = kinds;
    this.names = names;
    this.nexts = nexts;
  }

  /** The form of the record on the tape. */
  form(): TapeForm {
    const { size, kinds, names, nexts } = this;
    return { size, kinds: kinds.slice(0, size), names: names.slice(0, size), nexts: nexts.slice(0, size) };
  }

  /** Adds a value that starts at an offset; `read`: the same offset in the bytes that were read. */
  add(kind: number, name: number, start: number, read: number): number {
    if (this.size === this.kinds.length) this.#grow();
    const entry = this.size;
    this.kinds[entry] = kind;
    this.holds[entry] = 0;
    this.names[entry] = name;
    this.starts[entry] = start;
    this.readStarts[entry] = read;
    this.size += 1;
    return entry;
  }

  /** Says where the value of an entry ends: at an offset, and before the entry that comes next. */
  close(entry: number, end: number, read: number): void {
    this.ends[entry] = end;
    this.readEnds[entry] = read;
    this.nexts[entry] = this.size;
  }

  /** The value of a property of an object, or -1. */
  property(object: number, name: number): number {
    const end = this.nexts[object] as number;
    for (let entry = object + 1; entry < end; entry = this.nexts[entry] as number) if (this.names[entry] === name) return entry;
    return -1;
  }

  #grow(): void {
    const grown = <T extends Uint8Array | Int32Array>(old: T, larger: T): T => {
      larger.set(old);
      return larger;
    };
    const length = this.kinds.length * 2;
    this.kinds = grown(this.kinds, new Uint8Array(length));
    this.holds = grown(this.holds, new Uint8Array(length));
    this.names = grown(this.names, new Int32Array(length));
    this.starts = grown(this.starts, new Int32Array(length));
    this.ends = grown(this.ends, new Int32Array(length));
    this.nexts = grown(this.nexts, new Int32Array(length));
    this.readStarts = grown(this.readStarts, new Int32Array(length));
    this.readEnds = grown(this.readEnds, new Int32Array(length));
    this.#own = { size: 0, kinds: this.kinds, names: this.names, nexts: this.nexts };
  }
}
