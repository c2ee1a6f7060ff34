import { describe, expect, it } from "vitest";
import { escapeMarkdown } from "../../../lib/release/escape-markdown.ts";
import { inlineCode } from "../../../lib/release/inline-code.ts";
import { neutralizeMentions } from "../../../lib/release/neutralize-mentions.ts";
import { singleLine } from "../../../lib/release/single-line.ts";

describe("singleLine", () => {
  it("joins lines, truncates after 300 characters and shows control characters", () => {
    expect(singleLine("a \n\t b")).toBe("a b");
    expect(singleLine("x".repeat(300))).toBe("x".repeat(300));
    expect(singleLine("x".repeat(301))).toBe(`${"x".repeat(300)}…`);
    expect(singleLine(`${"x".repeat(299)}🌊`)).toBe(`${"x".repeat(299)}\ufffd…`);
    expect(singleLine("a\u001bb")).toBe("a\\u001bb");
  });
});

describe("escapeMarkdown", () => {
  it.each([
    ["a*b_c`d", "a\\*b\\_c\\`d"],
    ["[a](b) <c> {d} ! & | ~ \\", "\\[a\\]\\(b\\) \\<c\\> \\{d\\} \\! \\& \\| \\~ \\\\"],
    ["# heading", "\\# heading"],
    ["  - item", "\\- item"],
    ["+ item", "\\+ item"],
    ["=1+1", "\\=1+1"],
    ["1. item", "1\\. item"],
    ["1.", "1\\."],
    ["1) item", "1\\) item"],
    ["12) ", "12\\) "],
    ["12", "12"],
    ["1.5 metres", "1.5 metres"],
    ["a # b - c + d = e", "a # b - c + d = e"],
    ["a 1. b", "a 1. b"],
  ])("leaves no markup in %j", (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe("inlineCode", () => {
  it.each([
    ["a", "`a`"],
    ["", "` `"],
    ["a`b", "`` a`b ``"],
    ["a``b`c", "``` a``b`c ```"],
  ])("encloses %j in enough backticks", (text, code) => {
    expect(inlineCode(text)).toBe(code);
  });
});

describe("neutralizeMentions", () => {
  const shown = (text: string): string => neutralizeMentions(text).replaceAll("\u200b", "·");
  it.each([
    ["@name and a@b.org", "@·name and a@·b.org"],
    ["@\\name", "@·\\name"],
    ["#12, # 12", "#·12, # 12"],
    ["GH-12 gh-1 gh-x", "GH-·12 gh-·1 gh-x"],
    ["WWW.example.org www\\.x", "WWW·.example.org www·\\.x"],
    ["https://x, http:\\/\\/x, a: b", "https:·//x, http:·\\/\\/x, a: b"],
  ])("leaves no mention or link in %j", (text, neutral) => {
    expect(shown(text)).toBe(neutral);
  });
});
