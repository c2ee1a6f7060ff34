import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { writeText } from "../../../lib/build/write-text.ts";
import type { Workspace } from "../../../lib/ports/ports.ts";
import { readWhole } from "../../../lib/ports/read-whole.ts";

const contentOf = async (workspace: Workspace, name: string): Promise<string> => (await readWhole(workspace.read(name))).toString();

describe("writeText", () => {
  it("writes a file, and returns its size and hash", async () => {
    const workspace = memoryWorkspace();
    // Of `printf é | sha256sum`.
    expect(await writeText(workspace, "a.txt", "é")).toMatchObject({
      name: "a.txt",
      bytes: 2,
      sha256: "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c",
    });
    expect(await contentOf(workspace, "a.txt")).toBe("é");
  });
});
