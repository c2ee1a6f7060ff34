import type { Output } from "../format.ts";
import { type CompressedEntry, ZipEntryCompressor } from "./zip-entry-compressor.ts";

/** 1980-01-01, the first date of ZIP (APPNOTE 4.4.6), so that bytes do not depend on the time. */
const DATE = 0x0021;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;

interface ZipEntry {
  name: Buffer;
  crc: number;
  bytes: number;
  compressedBytes: number;
  /** Offset of the local header. */
  offset: number;
}

/** Fields of a header: [size in bytes, value]. */
const fields = (...parts: (readonly [size: 2 | 4 | 8, value: number])[]): Buffer => {
  const bytes = Buffer.alloc(parts.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of parts) {
    if (size === 2) bytes.writeUInt16LE(value, at);
    else if (size === 4) bytes.writeUInt32LE(value, at);
    else bytes.writeBigUInt64LE(BigInt(value), at);
    at += size;
  }
  return bytes;
};

/** The ZIP64 extended information (APPNOTE 4.5.3): values that do not fit into their fields. */
const zip64Extra = (values: readonly number[]): Buffer =>
  values.length === 0
    ? Buffer.alloc(0)
    : Buffer.concat([fields([2, 0x0001], [2, values.length * 8]), ...values.map((value) => fields([8, value]))]);

const isLarge = ({ bytes, compressedBytes }: ZipEntry): boolean => bytes >= MAX_32 || compressedBytes >= MAX_32;

const DEFLATE_VERSION = 20;
const ZIP64_VERSION = 45;

/** The fields that local and central headers share, from the required version to the length of the extra field. */
function sharedFields(entry: ZipEntry, version: number, extraBytes: number): Buffer {
  const large = isLarge(entry);
  return fields(
    ...([
      [2, version],
      [2, UTF8_NAMES],
      [2, DEFLATED],
      [2, 0],
      [2, DATE],
      [4, entry.crc],
    ] as const),
    ...([
      [4, large ? MAX_32 : entry.compressedBytes],
      [4, large ? MAX_32 : entry.bytes],
    ] as const),
    ...([
      [2, entry.name.length],
      [2, extraBytes],
    ] as const),
  );
}

const largeSizes = (entry: ZipEntry): number[] => (isLarge(entry) ? [entry.bytes, entry.compressedBytes] : []);

/** APPNOTE 4.3.7. */
function localHeader(entry: ZipEntry): Buffer {
  const extra = zip64Extra(largeSizes(entry));
  const version = extra.length > 0 ? ZIP64_VERSION : DEFLATE_VERSION;
  return Buffer.concat([fields([4, 0x0403_4b50]), sharedFields(entry, version, extra.length), entry.name, extra]);
}

/** APPNOTE 4.3.12. */
function centralHeader(entry: ZipEntry): Buffer {
  const far = entry.offset >= MAX_32;
  const extra = zip64Extra([...largeSizes(entry), ...(far ? [entry.offset] : [])]);
  const version = extra.length > 0 ? ZIP64_VERSION : DEFLATE_VERSION;
  const attributes = fields([2, 0], [2, 0], [2, 0], [4, 0], [4, far ? MAX_32 : entry.offset]);
  const head = [fields([4, 0x0201_4b50], [2, version]), sharedFields(entry, version, extra.length), attributes];
  return Buffer.concat([...head, entry.name, extra]);
}

/** APPNOTE 4.3.14 to 4.3.16. */
function endOfDirectory(count: number, offset: number, bytes: number): Buffer {
  const end = fields(
    ...([
      [4, 0x0605_4b50],
      [2, 0],
      [2, 0],
    ] as const),
    ...([
      [2, Math.min(count, MAX_16)],
      [2, Math.min(count, MAX_16)],
    ] as const),
    ...([
      [4, Math.min(bytes, MAX_32)],
      [4, Math.min(offset, MAX_32)],
      [2, 0],
    ] as const),
  );
  if (count < MAX_16 && bytes < MAX_32 && offset < MAX_32) return end;
  const end64 = fields(
    ...([
      [4, 0x0606_4b50],
      [8, 44],
      [2, 45],
      [2, 45],
      [4, 0],
      [4, 0],
    ] as const),
    ...([
      [8, count],
      [8, count],
      [8, bytes],
      [8, offset],
    ] as const),
  );
  const locator = fields([4, 0x0706_4b50], [4, 0], [8, offset + bytes], [4, 1]);
  return Buffer.concat([end64, locator, end]);
}

/**
 * Writes a ZIP file (APPNOTE 6.3.10) entry by entry, deflated. Sizes and checksums precede the contents, because some spreadsheet programs
 * require it. The bytes depend on names and contents only: Node's compressor is not used, because its output differs between versions.
 */
export class ZipWriter {
  readonly #output: Output;
  readonly #entries: ZipEntry[] = [];
  #offset = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Adds a compressed file. */
  async addCompressed(name: string, { read, ...sizes }: CompressedEntry): Promise<void> {
    const entry: ZipEntry = { name: Buffer.from(name), ...sizes, offset: this.#offset };
    this.#entries.push(entry);
    await this.#write(localHeader(entry));
    for await (const chunk of read()) await this.#write(chunk);
  }

  async add(name: string, contents: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    const compressor = await ZipEntryCompressor.start(this.#output);
    for await (const chunk of contents) await compressor.write(chunk);
    await this.addCompressed(name, await compressor.close());
  }

  async close(): Promise<void> {
    const start = this.#offset;
    for (const entry of this.#entries) await this.#write(centralHeader(entry));
    await this.#write(endOfDirectory(this.#entries.length, start, this.#offset - start));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#offset += bytes.length;
    await this.#output.write(bytes);
  }
}
