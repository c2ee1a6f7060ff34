import { expect } from "vitest";
import { PropertyNames } from "../../../../lib/engine/fast/property-names.ts";
import { compileRecordCheck } from "../../../../lib/engine/fast/record-check.ts";
import { RecordReader } from "../../../../lib/engine/fast/record-reader.ts";
import { RecordTape } from "../../../../lib/engine/fast/record-tape.ts";
import { remainingChecks } from "../../../../lib/engine/fast/remaining-checks.ts";
import { Kernel } from "../../../../lib/kernel/kernel.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";

/** Reads a record with one value, and finds the checks that remain once the form of the record is known. */
export function readRecord(schema: Schema, value: unknown) {
  const kernel = new Kernel();
  const names = new PropertyNames(kernel);
  const tape = new RecordTape(kernel);
  const reader = new RecordReader(kernel, { tape, names, layout: 2 });
  const check = compileRecordCheck({ type: "object", properties: { a: schema } }, names);
  expect(reader.read(reader.open(Buffer.from(JSON.stringify({ a: value }))))).toBeDefined();
  return { kernel, tape, remaining: remainingChecks(check, tape) };
}
