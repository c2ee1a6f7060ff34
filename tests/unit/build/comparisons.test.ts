import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { Comparisons } from "../../../lib/build/comparisons.ts";
import type { Workspace } from "../../../lib/ports/ports.ts";

describe("Comparisons", () => {
  it("opens a workspace for each side, and discards all of them", async () => {
    const discarded: number[] = [];
    let opened = 0;
    const openWorkspace = async (): Promise<Workspace> => {
      const number = opened;
      opened += 1;
      return { ...memoryWorkspace(), discard: async () => void discarded.push(number) };
    };
    const comparisons = new Comparisons({ openWorkspace, openSide: async (entry) => ({ of: entry.version }) as never });
    expect(await comparisons.side({ version: "1.0.0" } as never, {} as never)).toEqual({ of: "1.0.0" });
    await comparisons.workspace();
    await comparisons.close();
    expect([opened, discarded]).toEqual([2, [0, 1]]);
  });
});
