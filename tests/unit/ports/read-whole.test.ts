import { describe, expect, it } from "vitest";
import { noChunks } from "../../../lib/ports/no-chunks.ts";
import { readWhole } from "../../../lib/ports/read-whole.ts";

describe("readWhole", () => {
  it("joins the chunks of a stream", async () => {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("ab");
      yield Buffer.from("");
      yield Buffer.from("c");
    }
    expect((await readWhole(chunks())).toString()).toBe("abc");
    expect(await readWhole(noChunks())).toHaveLength(0);
  });
});
