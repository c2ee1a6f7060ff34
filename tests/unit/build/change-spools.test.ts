import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { ChangeSpools } from "../../../lib/build/change-spools.ts";
import type { Workspace } from "../../../lib/ports/ports.ts";
import { readWhole } from "../../../lib/ports/read-whole.ts";

const contentOf = async (workspace: Workspace, name: string): Promise<string> => (await readWhole(workspace.read(name))).toString();

describe("ChangeSpools", () => {
  it("creates a file for each list with a value", async () => {
    const workspace = memoryWorkspace();
    const spools = new ChangeSpools(workspace, "t.");
    await spools.add("added", { id: "a" });
    await spools.add("removed", 1);
    await spools.add("added", { id: "b" });
    await spools.close();
    expect(spools.names).toEqual({ added: "t.added", removed: "t.removed" });
    expect(await contentOf(workspace, "t.added")).toBe('{"id":"a"}\n{"id":"b"}\n');
    expect(await contentOf(workspace, "t.removed")).toBe("1\n");
  });
});
