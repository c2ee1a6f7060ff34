/** SQLite rejected a SELECT, or it was stopped. Lines count from 1; 0 if unknown. */
export class SqlError extends Error {
  override name = "SqlError";
  readonly line: number;
  readonly column: number;
  readonly remedy: string | undefined;
  constructor(message: string, { line = 0, column = 0, remedy }: { line?: number; column?: number; remedy?: string } = {}) {
    super(message);
    this.line = line;
    this.column = column;
    this.remedy = remedy;
  }
}

/** A statement was stopped because it took too long, or because its thread ran out of memory: another machine may complete it. */
export class SqlLimitError extends SqlError {
  override name = "SqlLimitError";
}
