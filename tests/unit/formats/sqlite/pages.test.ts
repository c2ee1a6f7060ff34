import { describe, expect, it } from "vitest";
import { addOverflow } from "../../../../lib/formats/sqlite/index-cell.ts";
import { LOCK_PAGE, PAGE_BYTES, PageSink } from "../../../../lib/formats/sqlite/page-sink.ts";
import { memoryOutput } from "../memory-output.ts";

describe("the page that SQLite uses for locks", () => {
  it("stays empty", async () => {
    const output = memoryOutput();
    const sink = new PageSink(output, LOCK_PAGE - 1);
    const page = Buffer.alloc(PAGE_BYTES, 1);
    expect([sink.add(page), sink.next, sink.add(page), sink.count]).toEqual([LOCK_PAGE - 1, LOCK_PAGE + 1, LOCK_PAGE + 1, LOCK_PAGE + 1]);
    await sink.flush();
    expect([0, 1, 2].map((i) => output.bytes()[i * PAGE_BYTES])).toEqual([1, 0, 1]);
  });

  it("is omitted from a chain of pages", async () => {
    const output = memoryOutput();
    const sink = new PageSink(output, LOCK_PAGE - 2);
    expect(addOverflow(sink, Buffer.alloc(3 * (PAGE_BYTES - 4), 7), 0, 3 * (PAGE_BYTES - 4))).toBe(LOCK_PAGE - 2);
    await sink.flush();
    const next = (i: number): number => output.bytes().readUInt32BE(i * PAGE_BYTES);
    expect([next(0), next(1), next(2), next(3)]).toEqual([LOCK_PAGE - 1, LOCK_PAGE + 1, 0, 0]);
    expect(output.bytes()).toHaveLength(4 * PAGE_BYTES);
  });
});
