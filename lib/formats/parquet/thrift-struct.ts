import { ByteSink } from "./byte-sink.ts";

/** Types of fields and elements (Thrift compact protocol, Struct encoding). */
export const TYPE = { true: 1, false: 2, i8: 3, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

/** Writes one struct in the Thrift compact protocol. Fields are written in the order of their ids. */
export class ThriftStruct {
  readonly #sink: ByteSink;
  #last: number;

  /** `last`: the id of the previous field, if the start of the struct was written elsewhere. */
  constructor(sink: ByteSink, last = 0) {
    this.#sink = sink;
    this.#last = last;
  }

  #head(id: number, type: number): void {
    this.#sink.byte(((id - this.#last) << 4) | type);
    this.#last = id;
  }

  #integer(value: number): void {
    this.#sink.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  #binary(bytes: Uint8Array): void {
    this.#sink.varint(bytes.length);
    this.#sink.bytes(bytes);
  }

  #listHead(id: number, type: number, count: number): void {
    this.#head(id, TYPE.list);
    if (count < 15) this.#sink.byte((count << 4) | type);
    else {
      this.#sink.byte(0xf0 | type);
      this.#sink.varint(count);
    }
  }

  boolean(id: number, value: boolean): void {
    this.#head(id, value ? TYPE.true : TYPE.false);
  }

  i8(id: number, value: number): void {
    this.#head(id, TYPE.i8);
    this.#sink.byte(value);
  }

  i32(id: number, value: number): void {
    this.#head(id, TYPE.i32);
    this.#integer(value);
  }

  i64(id: number, value: number): void {
    this.#head(id, TYPE.i64);
    this.#integer(value);
  }

  binary(id: number, bytes: Uint8Array): void {
    this.#head(id, TYPE.binary);
    this.#binary(bytes);
  }

  text(id: number, text: string): void {
    this.binary(id, Buffer.from(text));
  }

  struct(id: number, write: (inner: ThriftStruct) => void = () => {}): void {
    this.#head(id, TYPE.struct);
    this.#inner(write);
  }

  structs<T>(id: number, items: readonly T[], write: (inner: ThriftStruct, item: T) => void): void {
    this.#listHead(id, TYPE.struct, items.length);
    for (const item of items) this.#inner((inner) => write(inner, item));
  }

  integers(id: number, type: typeof TYPE.i32 | typeof TYPE.i64, values: readonly number[]): void {
    this.#listHead(id, type, values.length);
    for (const value of values) this.#integer(value);
  }

  booleans(id: number, values: readonly boolean[]): void {
    this.#listHead(id, TYPE.false, values.length);
    for (const value of values) this.#sink.byte(value ? 1 : 0);
  }

  binaries(id: number, values: readonly Uint8Array[]): void {
    this.#listHead(id, TYPE.binary, values.length);
    for (const value of values) this.#binary(value);
  }

  #inner(write: (inner: ThriftStruct) => void): void {
    write(new ThriftStruct(this.#sink));
    this.#sink.byte(0);
  }

  /** The bytes of one struct. */
  static encode(write: (struct: ThriftStruct) => void): Buffer {
    const sink = new ByteSink();
    new ThriftStruct(sink).#inner(write);
    return sink.view();
  }
}
