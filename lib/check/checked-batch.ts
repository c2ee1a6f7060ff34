import type { BatchProblem, BatchResult } from "../engine/engine.ts";
import type { Batch } from "../json/record-batches.ts";

interface Place {
  line: number;
  column: number;
}

const placeText = ({ line, column }: Place): string => `${line}:${column}`;

/** A batch with its result. Later steps drop or replace problems, so that each value is reported once. */
export class CheckedBatch {
  readonly file: string;
  readonly batch: Batch;
  readonly result: BatchResult;
  /** Place → problems, in order. */
  readonly #problems = new Map<string, BatchProblem[]>();

  constructor(file: string, batch: Batch, result: BatchResult) {
    this.file = file;
    this.batch = batch;
    this.result = result;
    for (const problem of result.problems) {
      const here = this.#problems.get(placeText(problem));
      if (here) here.push(problem);
      else this.#problems.set(placeText(problem), [problem]);
    }
  }

  get problems(): BatchProblem[] {
    return [...this.#problems.values()].flat();
  }

  hasProblemAt(place: Place): boolean {
    return this.#problems.has(placeText(place));
  }

  deleteProblemsAt(place: Place): void {
    this.#problems.delete(placeText(place));
  }
}
