import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchLines } from "../../../lib/build/match-lines.ts";

async function* chunksOf(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The lines of both files, of the old file only and of the new file only. */
async function matched(old: readonly string[], now: readonly string[], size = 1 << 16) {
  const found = { both: [] as string[], old: [] as string[], now: [] as string[], oldOrder: [] as string[], newOrder: [] as string[] };
  const unended: string[] = [];
  const linesOf = (lines: Buffer): string[] => {
    if (lines.at(-1) !== 0x0a) unended.push(lines.toString());
    return lines.toString("utf8", 0, lines.length - 1).split("\n");
  };
  const file = (lines: readonly string[]) => chunksOf(lines.map((line) => `${line}\n`).join(""), size);
  await matchLines(file(old), file(now), {
    both(lines) {
      found.both.push(...linesOf(lines));
      found.oldOrder.push(...linesOf(lines));
      found.newOrder.push(...linesOf(lines));
    },
    async old(line) {
      found.old.push(...linesOf(line));
      found.oldOrder.push(...linesOf(line));
    },
    async now(line) {
      found.now.push(...linesOf(line));
      found.newOrder.push(...linesOf(line));
    },
  });
  expect(unended).toEqual([]);
  expectSame(found.oldOrder, old);
  expectSame(found.newOrder, now);
  return found;
}

/** As text: comparing tens of thousands of elements one by one takes longer than matching them. */
function expectSame(lines: readonly string[], expected: readonly string[]): void {
  expect(lines).toHaveLength(expected.length);
  expect(lines.join("\n")).toBe(expected.join("\n"));
}

function expectMatched(found: Awaited<ReturnType<typeof matched>>, expected: Record<"both" | "old" | "now", readonly string[]>): void {
  for (const side of ["both", "old", "now"] as const) expectSame(found[side], expected[side]);
}

const LINES = Array.from({ length: 20_000 }, (_, i) => `line ${i}`);

describe("matchLines", () => {
  it("finds no difference in equal or empty files", async () => {
    expectMatched(await matched(LINES, LINES, 1000), { both: LINES, old: [], now: [] });
    expect(await matched([], [])).toMatchObject({ both: [], old: [], now: [] });
    expect(await matched([], ["a"])).toMatchObject({ now: ["a"] });
    expect(await matched(["a"], [])).toMatchObject({ old: ["a"] });
  });

  it("finds changed, added, removed and moved lines", async () => {
    const now = ["first", ...LINES.slice(0, 50), "changed", ...LINES.slice(51, 100), ...LINES.slice(103), "line 101"];
    const { old, now: added, both } = await matched(LINES, now, 777);
    expect(old).toEqual(["line 50", "line 100", "line 101", "line 102"]);
    expect(added).toEqual(["first", "changed", "line 101"]);
    expect(both).toHaveLength(LINES.length - 4);
  });

  it("finds the difference in lines longer than a block", async () => {
    const long = Array.from({ length: 4 }, (_, i) => `${i}`.repeat(100_000));
    for (const at of [0, 32_767, 32_768, 70_001, 99_999]) {
      const changed = `${long[2]?.slice(0, at)}x${long[2]?.slice(at + 1)}`;
      const now = [...long.slice(0, 2), changed, ...long.slice(3)];
      expectMatched(await matched(long, now), { both: [...long.slice(0, 2), ...long.slice(3)], old: long.slice(2, 3), now: [changed] });
    }
  });

  it("finds equal lines after thousands of different lines", async () => {
    const block = Array.from({ length: 5000 }, (_, i) => `other ${i}`);
    expectMatched(await matched(LINES, [...LINES.slice(0, 7), ...block, ...LINES.slice(7)]), { both: LINES, old: [], now: block });
    expectMatched(await matched([...block, ...LINES], LINES), { both: LINES, old: block, now: [] });
  });

  it("looks as far ahead after megabytes of equal lines as before them", async () => {
    const equal = ["-".repeat(5 << 20)];
    const size = (5 << 20) + 3;
    // The second chunk of the old file starts with the common line.
    expectMatched(await matched([...equal, "a", "b"], [...equal, "b"], size), { both: [...equal, "b"], old: ["a"], now: [] });
  });

  it("visits every line of files that have nothing in common", async () => {
    const others = LINES.map((line) => `other ${line}`);
    expectMatched(await matched(LINES, others, 4000), { both: [], old: LINES, now: others });
  });

  it("accepts a last line without a line break", async () => {
    const seen: string[] = [];
    const tell = async (line: Buffer): Promise<void> => void seen.push(line.toString());
    await matchLines(chunksOf("a\nb", 2), chunksOf("a\nb\n", 3), { both: (line) => seen.push(`both ${line}`), old: tell, now: tell });
    expect(seen).toEqual(["both a\n", "both b\n"]);
  });

  it("closes both files when a visitor fails", async () => {
    const closed: string[] = [];
    async function* file(name: string): AsyncGenerator<Uint8Array> {
      try {
        yield* chunksOf(LINES.map((line) => `${name} ${line}\n`).join(""), 100);
      } finally {
        closed.push(name);
      }
    }
    const fail = async (): Promise<void> => {
      throw new Error("no space left");
    };
    await expect(matchLines(file("old"), file("now"), { both() {}, old: fail, now: fail })).rejects.toThrow("no space left");
    expect(closed).toEqual(["old", "now"]);
  });
});

it("visits every line of both files once and in order", async () => {
  const file = fc.array(fc.constantFrom("a", "b", "bb", "é", ""), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(file, file, fc.integer({ min: 1, max: 9 }), async (old, now, size) => void (await matched(old, now, size))),
  );
});
