import { describe, expect, it } from "vitest";
import { blobId } from "../../../../lib/adapters/github/blob-id.ts";

describe("blobId", () => {
  it("identifies bytes as git does", () => {
    // Of `git hash-object` for an empty file, and for "hello\n".
    expect(blobId(Buffer.from(""))).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    expect(blobId(Buffer.from("hello\n"))).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
  });
});
