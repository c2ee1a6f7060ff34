const NEWLINE = 0x0a;
/** Look-ahead in lines to find where two files are equal again, tried in this order. */
const WINDOWS = [4, 32, 512, 8192];
/** Bytes that are compared at once: a power of two. */
const BLOCK = 1 << 15;
/** Maximum look-ahead in bytes. */
const MAX_WINDOW_BYTES = 8 * 1024 * 1024;

/** Receives the lines of two files; bytes are valid during the call only, and end with a line break. */
export interface LineVisitor {
  /** One or more lines that both files have at corresponding positions. */
  both(lines: Buffer): void;
  /** A line of only one file so far: the other file may contain it elsewhere. */
  old(line: Buffer): Promise<void>;
  now(line: Buffer): Promise<void>;
}

/** The lines of a file, of which some are in memory. */
class LineBuffer {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #memory = Buffer.alloc(0);
  bytes: Buffer = this.#memory;
  at = 0;
  #isDone = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The end of the line that starts at an offset; -1 if it is not in memory. */
  end(start: number): number {
    return this.bytes.indexOf(NEWLINE, start) + 1 || -1;
  }

  get isEmpty(): boolean {
    return this.at === this.bytes.length;
  }

  /** Reads the next chunk, and discards bytes before `at`; false at the end of the file. */
  async fill(): Promise<boolean> {
    if (this.#isDone) return false;
    const { value, done } = await this.#chunks.next();
    if (done === true) {
      this.#isDone = true;
      // The last line may lack its line break.
      if (this.isEmpty || this.bytes.at(-1) === NEWLINE) return false;
      this.#append(Buffer.from("\n"));
    } else this.#append(value);
    return true;
  }

  /** Appends to the remaining bytes, in a reused buffer: garbage of this size would cause frequent full collections. */
  #append(chunk: Uint8Array): void {
    const rest = this.bytes.subarray(this.at);
    const length = rest.length + chunk.length;
    if (length > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(2 * length);
    // The rest may be in the same memory: `set` supports overlaps.
    this.#memory.set(rest);
    this.#memory.set(chunk, rest.length);
    this.bytes = this.#memory.subarray(0, length);
    this.at = 0;
  }

  /** Ensures that a whole line is in memory; false at the end of the file. */
  async hasLine(): Promise<boolean> {
    while (this.end(this.at) < 0) if (!(await this.fill())) return false;
    return true;
  }

  /** Ends of the next lines: `count`, or fewer at the end of the file or the window. */
  async ends(count: number): Promise<number[]> {
    for (;;) {
      const ends: number[] = [];
      for (let end = this.end(this.at); end >= 0 && ends.length < count; end = this.end(end)) ends.push(end);
      if (ends.length === count || this.bytes.length - this.at > MAX_WINDOW_BYTES || !(await this.fill())) return ends;
    }
  }

  /** The lines with these ends. */
  texts(ends: readonly number[]): string[] {
    return ends.map((end, i) => this.bytes.toString("latin1", i === 0 ? this.at : ends[i - 1], end));
  }

  /** Visits the next lines, and moves past them. */
  async visitNext(count: number, ends: readonly number[], visit: (line: Buffer) => Promise<void>): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      const end = ends[i] as number;
      await visit(this.bytes.subarray(this.at, end));
      this.at = end;
    }
  }

  /** Closes the file, even if it was not read to its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async visitAll(visit: (line: Buffer) => Promise<void>): Promise<void> {
    while (await this.hasLine()) await this.visitNext(1, [this.end(this.at)], visit);
  }
}

/** The number of equal bytes at the current positions, up to `length`. */
function equalLength(old: LineBuffer, now: LineBuffer, length: number): number {
  let equal = 0;
  for (let step = BLOCK; equal < length; ) {
    const end = Math.min(equal + step, length);
    if (old.bytes.compare(now.bytes, now.at + equal, now.at + end, old.at + equal, old.at + end) === 0) equal = end;
    else if (step > 1) step >>= 1;
    else break;
  }
  return equal;
}

/** Visits equal lines as long as they are in memory. Returns whether lines follow that differ. */
function visitEqual(old: LineBuffer, now: LineBuffer, visitor: LineVisitor): boolean {
  const equal = equalLength(old, now, Math.min(old.bytes.length - old.at, now.bytes.length - now.at));
  const lines = old.bytes.subarray(old.at, old.at + equal);
  const length = lines.lastIndexOf(NEWLINE) + 1;
  if (length > 0) visitor.both(lines.subarray(0, length));
  old.at += length;
  now.at += length;
  return old.end(old.at) >= 0 && now.end(now.at) >= 0;
}

/** The number of lines to skip in each file to reach an equal line; undefined if there is none. */
function nextEqual(old: readonly string[], now: readonly string[]): [old: number, now: number] | undefined {
  const positions = new Map<string, number>();
  for (let i = now.length - 1; i >= 0; i -= 1) positions.set(now[i] as string, i);
  let best: [number, number] | undefined;
  for (const [i, line] of old.entries()) {
    const j = positions.get(line);
    if (j !== undefined && (!best || i + j < best[0] + best[1])) best = [i, j];
  }
  return best;
}

/** Visits the lines up to where both files are equal again. */
async function visitDifferent(old: LineBuffer, now: LineBuffer, visitor: LineVisitor): Promise<void> {
  for (const window of WINDOWS) {
    const [oldEnds, nowEnds] = [await old.ends(window), await now.ends(window)];
    const found = nextEqual(old.texts(oldEnds), now.texts(nowEnds));
    if (!found && window !== WINDOWS.at(-1)) continue;
    const [skipOld, skipNow] = found ?? [oldEnds.length, nowEnds.length];
    await old.visitNext(skipOld, oldEnds, visitor.old);
    await now.visitNext(skipNow, nowEnds, visitor.now);
    return;
  }
}

/**
 * Reads two files of lines side by side, and separates the lines that both have at corresponding positions from all
 * others. Lines are compared byte by byte. Memory does not depend on the size of the files.
 */
export async function matchLines(old: AsyncIterable<Uint8Array>, now: AsyncIterable<Uint8Array>, visitor: LineVisitor): Promise<void> {
  const [before, after] = [new LineBuffer(old), new LineBuffer(now)];
  try {
    while ((await before.hasLine()) && (await after.hasLine()))
      if (visitEqual(before, after, visitor)) await visitDifferent(before, after, visitor);
    await before.visitAll(visitor.old);
    await after.visitAll(visitor.now);
  } finally {
    await before.close();
    await after.close();
  }
}
