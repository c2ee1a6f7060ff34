import { describe, expect, it } from "vitest";
import type { Commit, History } from "../../../lib/ports/ports.ts";
import { historySegment, type SegmentRange } from "../../../lib/verify/history-segment.ts";
import { memorySource } from "../../memory-source.ts";

const commit = (id: string): Commit => ({ id, date: null, tree: `tree of ${id}` });
const commits = ["a", "b", "c", "d"].map(commit);
const [a, b, c, d] = commits;
const source = memorySource({});
const history: History = {
  after: () => Promise.reject(new Error("It reads nothing of the whole history")),
  at: () => source,
  position: async (id) => (id === "a" ? "on" : "unknown"),
  isTipWithin: async () => true,
};
const seen = (range: SegmentRange, since: string | null) => historySegment(history, commits, range).after(since);

describe("historySegment", () => {
  it("ends at its last commit, and has the commits after the previous release", async () => {
    expect(await seen({ from: 0, to: 2, isBreak: false }, "a")).toEqual({ position: "on", base: a?.tree, commits: [b, c], tip: c });
    expect(await seen({ from: 0, to: 3, isBreak: false }, "x")).toEqual({ position: "on", base: a?.tree, commits: [b, c, d], tip: d });
  });

  it("starts with the first commit if there is no previous release", async () => {
    expect(await seen({ from: -1, to: 1, isBreak: false }, null)).toEqual({ position: "on", base: null, commits: [a, b], tip: b });
  });

  it("has no commits after its tip", async () => {
    expect(await seen({ from: 0, to: 2, isBreak: false }, "c")).toEqual({ position: "on", base: c?.tree, commits: [], tip: c });
    expect(await seen({ from: 0, to: 2, isBreak: true }, "c")).toEqual({ position: "on", base: c?.tree, commits: [], tip: c });
    expect(await seen({ from: 1, to: 1, isBreak: false }, "a")).toEqual({ position: "on", base: b?.tree, commits: [], tip: b });
    expect(await seen({ from: -1, to: -1, isBreak: false }, null)).toEqual({ position: "on", base: null, commits: [], tip: null });
  });

  it("has no commits of earlier releases if history was rewritten", async () => {
    expect(await seen({ from: 0, to: 2, isBreak: true }, "z")).toEqual({ position: "aside", base: null, commits: [], tip: c });
  });

  it("reads files and positions of the whole history, and is never behind", async () => {
    const segment = historySegment(history, commits, { from: 0, to: 1, isBreak: false });
    expect(segment.at(commit("x"))).toBe(source);
    expect([await segment.position("a"), await segment.position("b")]).toEqual(["on", "unknown"]);
    expect(await segment.isTipWithin(["b"])).toBe(false);
  });
});
