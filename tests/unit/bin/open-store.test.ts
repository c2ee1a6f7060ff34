import { describe, expect, it } from "vitest";
import { openStore } from "../../../bin/open-store.ts";
import { UsageError } from "../../../bin/usage-error.ts";

describe("openStore", () => {
  it("refuses stores that cannot be written", async () => {
    const message = /^https:\/\/data\.example\.org is not a writable store: name a directory, or s3:/;
    await expect(openStore("https://data.example.org")).rejects.toThrow(message);
    await expect(openStore("https://data.example.org")).rejects.toBeInstanceOf(UsageError);
  });
});
