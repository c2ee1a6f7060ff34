/** Maximum bytes for which a loop is faster than a view and a call. */
const LOOP_BYTES = 96;

/** A view of bytes, faster than `subarray` of a Buffer. */
const viewOf = ({ buffer, byteOffset }: Uint8Array, start: number, end: number): Uint8Array =>
  new Uint8Array(buffer, byteOffset + start, end - start);

/** A growing byte buffer. Code that writes to `bytes` directly must call `reserve` first. */
export class ByteWriter {
  bytes: Buffer;
  length = 0;

  constructor(capacity = 64 * 1024) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Reserves space for more bytes. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.length + count, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  copy(from: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    if (end - start > LOOP_BYTES) this.bytes.set(viewOf(from, start, end), this.length);
    else {
      const { bytes } = this;
      for (let i = start, o = this.length; i < end; i += 1, o += 1) bytes[o] = from[i] as number;
    }
    this.length += end - start;
  }

  text(text: string): void {
    // A UTF-16 code unit is at most three bytes.
    this.reserve(text.length * 3);
    this.length += this.bytes.write(text, this.length);
  }

  /** Returns a copy of the bytes so far, and starts again. */
  take(): Uint8Array {
    const taken = new Uint8Array(this.length);
    taken.set(this.bytes.subarray(0, this.length));
    this.length = 0;
    return taken;
  }
}
