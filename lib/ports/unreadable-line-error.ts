import { UnreadableSourceError } from "./unreadable-source-error.ts";

/** Like `UnreadableSourceError`, at a line of a file. */
export class UnreadableLineError extends UnreadableSourceError {
  override name = "UnreadableLineError";
  readonly line: number;
  readonly remedy: string;
  constructor(line: number, message: string, remedy: string) {
    super(message);
    this.line = line;
    this.remedy = remedy;
  }
}
