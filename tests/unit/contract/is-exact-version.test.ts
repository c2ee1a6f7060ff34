import { describe, expect, it } from "vitest";
import { isExactVersion } from "../../../lib/contract/is-exact-version.ts";

describe("isExactVersion", () => {
  it.each(["0.0.1", "1.2.3", "10.20.30"])("accepts %s", (version) => {
    expect(isExactVersion(version)).toBe(true);
  });

  it.each(["1", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-rc.1", "1.2.3+b", "1.x.3", "a.b.c", " 1.2.3", "1.2.3\n", "1..3"])(
    "refuses %j",
    (version) => {
      expect(isExactVersion(version)).toBe(false);
    },
  );
});
