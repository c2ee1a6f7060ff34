import { describe, expect, it } from "vitest";
import { isWebAddress } from "../../../lib/schema/is-web-address.ts";

describe("isWebAddress", () => {
  it.each(["http://example.org", "https://example.org/a?b#c", "HTTPS://EXAMPLE.ORG"])("accepts %s", (address) => {
    expect(isWebAddress(address)).toBe(true);
  });

  it.each([
    "",
    "example.org",
    "ftp://example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://",
    "https:///a",
    "https:example.org",
    " https://example.org",
    "https://exa mple.org",
    "https://example.org\n",
    "https://[",
    "xhttps://example.org",
  ])("refuses %j", (address) => {
    expect(isWebAddress(address)).toBe(false);
  });
});
