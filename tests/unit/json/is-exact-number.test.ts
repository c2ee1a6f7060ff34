import { describe, expect, it } from "vitest";
import { isExactNumber } from "../../../lib/json/is-exact-number.ts";

describe("isExactNumber", () => {
  it.each(["0", "-0", "0.0", "1", "-1.50", "100", "1e2", "1E+2", "1.0e-3", "0.1", "9007199254740992", "1e300", "5e-324", "0.30", "120e-1"])(
    "accepts %s",
    (written) => {
      expect(isExactNumber(written)).toBe(true);
    },
  );

  it.each(["9007199254740993", "12345678901234567890", "1e400", "-1e400", "0.1234567890123456789", "1e-400", "3e-324"])(
    "refuses %s",
    (written) => {
      expect(isExactNumber(written)).toBe(false);
    },
  );
});
