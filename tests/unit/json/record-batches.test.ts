import { expect, it } from "vitest";
import { RecordBatches } from "../../../lib/json/record-batches.ts";

/** The syntax error that ends a file read in chunks of `size` bytes. */
function breakOf(text: string, size: number) {
  const bytes = Buffer.from(text);
  const batches = new RecordBatches();
  for (let i = 0; i < bytes.length; i += size) batches.push(bytes.subarray(i, i + size));
  batches.end();
  return batches.broken;
}

it.each([
  [
    "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
    "This is a pointer of Git LFS, not the file that it points to",
  ],
  ['{ "rivers": [ { "id": "rhine" } ] }', "The file must be a list of records, but starts with {"],
  ['\n{\n  "id": "rhine"\n}', "The file must be a list of records, but starts with {"],
  ["id,label\nrhine,Rhine\n", "The file must be a list of records"],
  ['<<<<<<< HEAD\n[{ "id": "rhine" }]', "Unresolved merge conflict"],
  ['[\n{ "id": "rhine" },\n<<<<<<< HEAD\n{ "id": "elbe" }\n]', "Unresolved merge conflict"],
  ["=", "The file must be a list of records"],
  [" ", "The file is empty"],
])("reports what is wrong with %j alike, regardless of chunk boundaries", (text, message) => {
  const whole = breakOf(text, text.length);
  expect(whole?.message).toContain(message);
  for (const size of [1, 2, 3, 5, 7, 16]) expect([size, breakOf(text, size)]).toEqual([size, whole]);
});

it.each([
  [false, "a whole number of 15 digits", '{"n":123456789012345}'],
  [true, "a number of more digits", '{"n":1234567890123456}'],
  [true, "a power of ten", '{"n":1e2}'],
  [true, "a power of ten in capitals", '{"n":1E2}'],
  [false, "digits and an e in a text", '{"n":"1e2 1234567890123456"}'],
])("answers %s to whether JSON.stringify may print a record differently: %s", (may, _what, record) => {
  const batches = new RecordBatches();
  const found = [...batches.push(Buffer.from(`[${record}]`)), ...batches.end()];
  expect(found.map(({ mayPrintDifferently }) => mayPrintDifferently)).toEqual([may]);
});

it("treats an escaped quote as part of its text, wherever a chunk ends", () => {
  const records = '{"a":"x\\" ]"},{"a":"y\\\\"}';
  const bytes = Buffer.from(`${records}]`);
  for (let size = 1; size <= bytes.length; size += 1) {
    const batches = new RecordBatches();
    // Scanning waits for so many bytes.
    const found = batches.push(Buffer.from(`[${" ".repeat(1024)}`));
    for (let i = 0; i < bytes.length; i += size) found.push(...batches.push(bytes.subarray(i, i + size)));
    const texts = [...found, ...batches.end()].map((batch) => Buffer.from(batch.bytes).toString());
    expect([size, batches.broken, texts]).toEqual([size, undefined, [records]]);
  }
});
