import { describe, expect, it } from "vitest";
import { WriteQueue } from "../../../lib/render/write-queue.ts";

interface Held {
  write: () => Promise<string | undefined>;
  end(etag: string | undefined): void;
  fail(error: Error): void;
}

const held = (): Held => {
  const held: Partial<Held> = {};
  const promise = new Promise<string | undefined>((end, fail) => Object.assign(held, { end, fail }));
  return { ...(held as Held), write: () => promise };
};

describe("a queue of writes", () => {
  it("runs eight at a time, and starts the next when one has ended", async () => {
    const queue = new WriteQueue();
    const writes = Array.from({ length: 9 }, held);
    for (const { write } of writes.slice(0, 8)) expect(await queue.add(write)).toBe(true);
    let isTaken = false;
    const ninth = queue.add((writes[8] as Held).write).then(() => {
      isTaken = true;
    });
    await new Promise((done) => setTimeout(done, 20));
    expect(isTaken).toBe(false);
    writes[3]?.end("etag");
    await ninth;
    for (const write of writes) write.end("etag");
    expect(await queue.drain()).toBe(true);
  });

  it("accepts nothing after a failed write, and fails once all have ended", async () => {
    const queue = new WriteQueue();
    const [lost, slow] = [held(), held()];
    await queue.add(lost.write);
    await queue.add(slow.write);
    lost.end(undefined);
    await new Promise((done) => setTimeout(done, 0));
    expect(await queue.add(held().write)).toBe(false);
    let isDrained = false;
    const drained = queue.drain().then((kept) => {
      isDrained = true;
      return kept;
    });
    await new Promise((done) => setTimeout(done, 20));
    expect(isDrained).toBe(false);
    slow.end("etag");
    expect(await drained).toBe(false);
  });

  it("throws the error of a write once all have ended", async () => {
    const queue = new WriteQueue();
    const [broken, slow] = [held(), held()];
    await queue.add(broken.write);
    await queue.add(slow.write);
    broken.fail(new Error("no room"));
    await new Promise((done) => setTimeout(done, 0));
    expect(await queue.add(held().write)).toBe(false);
    slow.end("etag");
    await expect(queue.drain()).rejects.toThrow("no room");
  });
});
