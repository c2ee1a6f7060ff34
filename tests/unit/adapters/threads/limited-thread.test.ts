import { describe, expect, it } from "vitest";
import { endThread } from "../../../../lib/adapters/threads/end-thread.ts";
import { limitedThread } from "../../../../lib/adapters/threads/limited-thread.ts";

const thread = (code: string): URL =>
  new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort } from "node:worker_threads";${code}`)}`);
const LIMITS = { seconds: 60, heapMB: 64 };

describe("a thread with limits", () => {
  it("returns its first message", async () => {
    expect(await limitedThread(thread("parentPort.postMessage(5); setInterval(() => {}, 1000)"), {}, LIMITS)).toEqual({ message: 5 });
  });

  it("returns its exit code", async () => {
    expect(await limitedThread(thread("process.exit(4)"), {}, LIMITS)).toEqual({ exitCode: 4 });
  });

  it("rethrows its error", async () => {
    await expect(limitedThread(thread("throw new RangeError('no')"), {}, LIMITS)).rejects.toThrow("no");
  });

  it("is ended if it takes too long", async () => {
    expect(await limitedThread(thread("for (;;);"), {}, { ...LIMITS, seconds: 0.2 })).toEqual({ over: "time", isStuck: false });
  });

  it("is ended if it takes too much memory", async () => {
    const hungry = thread("const all = []; for (;;) all.push(new Array(1000).fill({}));");
    expect(await limitedThread(hungry, {}, { ...LIMITS, heapMB: 16 })).toEqual({ over: "memory", isStuck: false });
  });

  it("is not charged for waiting", async () => {
    let waited = 60_000;
    const ending = limitedThread(
      thread("setTimeout(() => parentPort.postMessage(1), 400)"),
      {},
      {
        ...LIMITS,
        seconds: 0.05,
        waitedMs: () => waited,
      },
    );
    expect(await ending).toEqual({ message: 1 });
    waited = 0;
    expect(await limitedThread(thread("for (;;);"), {}, { ...LIMITS, seconds: 0.05, waitedMs: () => waited })).toMatchObject({
      over: "time",
    });
  });

  it("is passed on as soon as it runs", async () => {
    const seen: number[] = [];
    await limitedThread(thread("process.exit(0)"), {}, LIMITS, ({ threadId }) => seen.push(threadId));
    expect(seen.length).toBe(1);
  });
});

describe("ending a thread", () => {
  it("reports whether it ended: one in a system call may not", async () => {
    expect(await endThread({ terminate: async () => 0 }, 5_000)).toBe(true);
    expect(await endThread({ terminate: () => new Promise(() => {}) }, 10)).toBe(false);
  });
});
