import { expect, it } from "vitest";
import { RecordWriter } from "../../../../lib/formats/sqlite/record-writer.ts";
import { ENTRY_HEADER, SortKeys, writeKey } from "../../../../lib/formats/sqlite/sort-keys.ts";

it("reads back each key of a run, regardless of what follows it", () => {
  const keys = new SortKeys();
  // The entry after row 254 starts with the byte 255, which after a zero means that the text continues.
  const texts = Array.from({ length: 300 }, (_, i) => `${i + 1000}${i % 3 === 0 ? "\0" : ""}`);
  for (const text of texts) {
    keys.addValue(text);
    keys.end();
  }
  const run = keys.takeSorted();
  const bytes = Buffer.from(run.buffer, run.byteOffset, run.byteLength);
  const [read, expected] = [new RecordWriter(), new RecordWriter()];
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const keyStart = at + ENTRY_HEADER;
    const keyEnd = keyStart + bytes.readUInt32LE(at + 4);
    expect(bytes.readUInt32LE(at)).toBe(i);
    writeKey(read, { bytes, keyStart, keyEnd }, [false]);
    read.end();
    expected.text(texts[i] as string);
    expected.end();
    at = keyEnd;
  }
  expect(read.take()).toEqual(expected.take());
});
