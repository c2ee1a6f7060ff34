import type { FileWriter, Workspace } from "../ports/ports.ts";
import { NumberList } from "./number-list.ts";
import { recordLines } from "./record-lines.ts";

/** Lines are mostly read in their order, so each read includes the lines that follow. */
const READ_BYTES = 64 * 1024;

/** Lines in a file of the workspace, which can be read by number. */
export class LineSpool {
  readonly #workspace: Workspace;
  readonly #name: string;
  readonly #starts = new NumberList();
  readonly #writer: FileWriter;
  #offset = 0;
  /** The bytes that were read last, and where they start. */
  #read: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };

  private constructor(workspace: Workspace, name: string, writer: FileWriter) {
    this.#workspace = workspace;
    this.#name = name;
    this.#writer = writer;
  }

  static async create(workspace: Workspace, name: string): Promise<LineSpool> {
    return new LineSpool(workspace, name, await workspace.create(name));
  }

  /** Adds a line, including its line break. */
  async add(line: Uint8Array): Promise<void> {
    this.#starts.push(this.#offset);
    this.#offset += line.length;
    await this.#writer.write(line);
  }

  async close(): Promise<void> {
    this.#starts.push(this.#offset);
    await this.#writer.close();
  }

  async text(i: number): Promise<string> {
    const [start, end] = [this.#starts.at(i), this.#starts.at(i + 1) - 1];
    let read = this.#read;
    if (start < read.start || end > read.start + read.bytes.length) {
      const bytes = await this.#workspace.slice(this.#name, start, Math.max(end, Math.min(start + READ_BYTES, this.#offset)));
      read = { start, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) };
      this.#read = read;
    }
    return read.bytes.toString("utf8", start - read.start, end - read.start);
  }

  all(): AsyncIterable<string> {
    return recordLines(this.#workspace.read(this.#name));
  }
}
