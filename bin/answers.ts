import { createInterface, type Interface } from "node:readline";
import { AnswersInterrupted } from "./answers-interrupted.ts";
import { UsageError } from "./usage-error.ts";

/** Reads answers one by one: from a terminal with Tab completion, or from a pipe, one per line. */
export class Answers {
  readonly #lines: string[] = [];
  readonly #readline: Interface;
  #choices: readonly string[] = [];
  #waiting: { done(line: string): void; fail(error: Error): void } | undefined;
  #over: Error | undefined;

  constructor() {
    this.#readline = createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: process.stdin.isTTY === true,
      prompt: "> ",
      completer: (line: string) => [this.#choices.filter((choice) => choice.toLowerCase().startsWith(line.toLowerCase())), line],
    });
    this.#readline.on("line", (line) => {
      // Several lines may arrive at once: only the first is the answer.
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting) waiting.done(line);
      else this.#lines.push(line);
    });
    this.#readline.on("SIGINT", () => this.#end(new AnswersInterrupted("\nNothing was written.")));
    this.#readline.on("close", () => this.#end(new UsageError("Input ended before the record was complete; nothing was written.")));
  }

  #end(error: Error): void {
    this.#over ??= error;
    if (this.#lines.length === 0) this.#waiting?.fail(this.#over);
  }

  /** The next answer, trimmed. */
  async next(choices: readonly string[] = []): Promise<string> {
    this.#choices = choices;
    this.#readline.prompt();
    const line = this.#lines.shift();
    if (line !== undefined) {
      process.stdout.write(`${line}\n`);
      return line.trim();
    }
    if (this.#over) throw this.#over;
    return (await new Promise<string>((done, fail) => (this.#waiting = { done, fail }))).trim();
  }

  close(): void {
    this.#readline.removeAllListeners("close");
    this.#readline.close();
  }
}
