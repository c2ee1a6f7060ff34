import { describe, expect, it } from "vitest";
import { parseServerPort } from "../../../bin/commands/parse-server-port.ts";
import { UsageError } from "../../../bin/usage-error.ts";

describe("parseServerPort", () => {
  it("accepts a port from 0 to 65535", () => {
    expect(["0", "8080", "65535"].map(parseServerPort)).toEqual([0, 8080, 65535]);
    for (const text of ["-1", "65536", "1.5", "x"])
      expect(() => parseServerPort(text)).toThrow(new UsageError(`--port is a number from 0 to 65535, not "${text}"`));
  });
});
