import { PassThrough, Readable, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { drained } from "../../../bin/drained.ts";
import { Forwarding } from "../../../bin/forwarding.ts";
import { writeTo } from "../../../bin/write-to.ts";

/** A stream that consumes one chunk at a time, when `take` is called. */
function slow(): { stream: Writable; taken: string[]; take(): void } {
  const taken: string[] = [];
  let next: (() => void) | undefined;
  const stream = new Writable({
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      taken.push(String(chunk));
      next = done;
    },
  });
  return { stream, taken, take: () => next?.() };
}

describe("writing to a stream", () => {
  it("waits until the stream drains", async () => {
    const { stream, taken, take } = slow();
    let isDone = false;
    const writing = writeTo(stream, "one").then(() => {
      isDone = true;
    });
    await new Promise((done) => setImmediate(done));
    expect([taken, isDone]).toEqual([["one"], false]);
    take();
    await writing;
    expect(stream.listenerCount("drain") + stream.listenerCount("close")).toBe(0);
  });

  it("stops waiting if the stream is closed, and drops later output", async () => {
    const { stream, taken } = slow();
    const writing = writeTo(stream, "one");
    stream.destroy();
    await writing;
    await writeTo(stream, "two");
    await drained(stream);
    expect(taken).toEqual(["one"]);
  });

  it("does not wait if there is room", async () => {
    const stream = new PassThrough();
    await writeTo(stream, "one");
    await drained(stream);
    expect(stream.read()?.toString()).toBe("one");
  });
});

describe("forwarding the output of a thread", () => {
  it("forwards all of it, in order", async () => {
    const to = new PassThrough();
    await new Forwarding(Readable.from([Buffer.from("a"), Buffer.from("b")]), to).done;
    expect(to.read()?.toString()).toBe("ab");
  });

  it("counts how long it waited for the reader", async () => {
    const { stream, take } = slow();
    let clock = 0;
    const forwarding = new Forwarding(Readable.from([Buffer.from("a")]), stream, () => clock);
    await new Promise((done) => setImmediate(done));
    clock = 700;
    take();
    await forwarding.done;
    expect(forwarding.waitedMs).toBe(700);
  });

  it("reads to the end after the reader has closed", async () => {
    const { stream, taken } = slow();
    const from = Readable.from(Array.from({ length: 100 }, (_, i) => Buffer.from(`${i}`)));
    const forwarding = new Forwarding(from, stream);
    await new Promise((done) => setImmediate(done));
    stream.destroy();
    await forwarding.done;
    expect([taken, from.readableEnded]).toEqual([["0"], true]);
  });
});
