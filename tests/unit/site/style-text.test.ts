import { describe, expect, it } from "vitest";
import { styleText } from "../../../lib/site/style-text.ts";

describe("styleText", () => {
  it("has addresses that lead to the assets", () => {
    expect(styleText("a{b:url(x.woff2)}c{d:url(y)}", "/assets/")).toBe("a{b:url(/assets/x.woff2)}c{d:url(/assets/y)}");
  });
});
