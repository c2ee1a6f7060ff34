import type { BatchProblem, BatchResult } from "../engine/engine.ts";
import type { Batch } from "../json/record-batches.ts";

interface Location {
  line: number;
  column: number;
}

const locationText = ({ line, column }: Location): string => `${line}:${column}`;

/** A batch with its result. Later steps drop or replace problems, so that each value is reported once. */
export class CheckedBatch {
  readonly file: string;
  readonly batch: Batch;
  readonly result: BatchResult;
  /** Location → problems, in order. */
  readonly #problems = new Map<string, BatchProblem[]>();

  constructor(file: string, batch: Batch, result: BatchResult) {
    this.file = file;
    this.batch = batch;
    this.result = result;
    for (const problem of result.problems) {
      const here = this.#problems.get(locationText(problem));
      if (here) here.push(problem);
      else this.#problems.set(locationText(problem), [problem]);
    }
  }

  get problems(): BatchProblem[] {
    return [...this.#problems.values()].flat();
  }

  hasProblemAt(location: Location): boolean {
    return this.#problems.has(locationText(location));
  }

  deleteProblemsAt(location: Location): void {
    this.#problems.delete(locationText(location));
  }
}
