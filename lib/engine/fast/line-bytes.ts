import type { TablePart } from "../../formats/format.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import { TableRows } from "./table-rows.ts";
import type { Tape } from "./tape.ts";

/** The canonical texts of records, each with something after it, or between them. */
export class LineBytes implements ByteEncoder {
  readonly #rows: TableRows;
  readonly #tape: Tape;
  readonly #between: Buffer;
  readonly #after: Buffer;

  constructor({ name }: TablePlan, tape: Tape, { between, after }: { between: string; after: string }) {
    this.#rows = new TableRows(name);
    this.#tape = tape;
    this.#between = Buffer.from(between);
    this.#after = Buffer.from(after);
  }

  add(bytes: Buffer): void {
    this.#start();
    this.#rows.out.copy(bytes, this.#tape.starts[0] as number, this.#tape.ends[0] as number);
    this.#rows.out.copy(this.#after, 0, this.#after.length);
  }

  addEncoded([part]: readonly TablePart[]): void {
    this.#start();
    for (const chunk of part?.chunks ?? []) this.#rows.out.copy(chunk, 0, chunk.length);
  }

  take(): TablePart[] {
    return [this.#rows.take()];
  }

  clear(): void {
    this.#rows.clear();
  }

  #start(): void {
    if (this.#rows.rows > 0) this.#rows.out.copy(this.#between, 0, this.#between.length);
    this.#rows.rows += 1;
  }
}
