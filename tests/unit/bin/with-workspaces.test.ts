import { describe, expect, it } from "vitest";
import { withWorkspaces } from "../../../bin/with-workspaces.ts";
import { readWhole } from "../../../lib/ports/read-whole.ts";

describe("withWorkspaces", () => {
  it("deletes workspaces, even after a failure", async () => {
    const opened: { read(name: string): AsyncIterable<Uint8Array> }[] = [];
    const failed = withWorkspaces(2, async (...workspaces) => {
      opened.push(...workspaces);
      const writer = await workspaces[0]?.create("a");
      await writer?.close();
      throw new Error("stop");
    });
    await expect(failed).rejects.toThrow("stop");
    expect(opened).toHaveLength(2);
    for (const workspace of opened) await expect(readWhole(workspace.read("a"))).rejects.toThrow();
    expect(await withWorkspaces(0, async () => 7)).toBe(7);
  });
});
