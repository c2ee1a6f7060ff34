/** A value in the Thrift compact protocol. Numbers beyond 2^53 are not exact. */
export type ThriftValue = number | boolean | Buffer | ThriftValue[] | ThriftFields;
/** A struct: id of a field → value. */
export type ThriftFields = ReadonlyMap<number, ThriftValue>;

/** The bytes are not valid Thrift, or incomplete. */
export class ThriftError extends Error {
  override name = "ThriftError";
}

/** Maximum nesting of structs and lists; our files have less. */
const MAX_DEPTH = 16;

class ThriftReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  #take(count: number): Buffer {
    const end = this.#at + count;
    if (end > this.#bytes.length) throw new ThriftError("The bytes end within a value");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #byte(): number {
    return this.#take(1)[0] as number;
  }

  #varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 70; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new ThriftError("A number has too many bytes");
  }

  #integer(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  #list(depth: number): ThriftValue[] {
    if (depth > MAX_DEPTH) throw new ThriftError("Lists nest too deep");
    const head = this.#byte();
    const count = head >> 4 === 15 ? this.#varint() : head >> 4;
    if (count > this.#bytes.length) throw new ThriftError("A list is longer than the bytes");
    return Array.from({ length: count }, () => ((head & 15) <= 2 ? this.#byte() === 1 : this.#value(head & 15, depth)));
  }

  /** Types: Thrift compact protocol, Struct encoding. */
  #value(type: number, depth: number): ThriftValue {
    if (type === 1 || type === 2) return type === 1;
    if (type === 3) return this.#take(1).readInt8();
    if (type >= 4 && type <= 6) return this.#integer();
    if (type === 7) return this.#take(8).readDoubleLE();
    if (type === 8) return this.#take(this.#varint());
    if (type === 9 || type === 10) return this.#list(depth + 1);
    if (type === 12) return this.struct(depth + 1);
    throw new ThriftError(`A value has the type ${type}`);
  }

  struct(depth: number): ThriftFields {
    if (depth > MAX_DEPTH) throw new ThriftError("Structs nest too deep");
    const fields = new Map<number, ThriftValue>();
    for (let last = 0; ; ) {
      const head = this.#byte();
      if (head === 0) return fields;
      last = head >> 4 === 0 ? this.#integer() : last + (head >> 4);
      fields.set(last, this.#value(head & 15, depth));
    }
  }
}

/** Reads one struct in the Thrift compact protocol. Throws `ThriftError`. */
export const readThrift = (bytes: Buffer): ThriftFields => new ThriftReader(bytes).struct(0);
