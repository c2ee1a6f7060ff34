import type { JsonRecord } from "./value.ts";

/** A format cannot store a value of a valid record. This is a problem of the data if the dataset asks for that format. */
export class UnencodableError extends Error {
  override name = "UnencodableError";
  readonly record: JsonRecord;
  readonly field: string;
  readonly remedy: string;
  constructor(record: JsonRecord, field: string, message: string, remedy: string) {
    super(message);
    this.record = record;
    this.field = field;
    this.remedy = remedy;
  }
}
