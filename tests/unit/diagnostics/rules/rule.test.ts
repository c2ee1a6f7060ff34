import { describe, expect, it } from "vitest";
import { rule } from "../../../../lib/diagnostics/rules/rule.ts";

describe("rule", () => {
  it("returns the wording, with an anchor made from the title", () => {
    const about = { title: "A column's name isn't (quite) right", explanation: "e", examples: ["x"] as [string] };
    const made = rule(about, (found: string) => [`found ${found}`, found === "a" ? "" : `not ${found}`]);
    expect({ ...made }).toMatchObject({ ...about, anchor: "a-columns-name-isnt-quite-right" });
    expect(made("b")).toStrictEqual({ rule: "a-columns-name-isnt-quite-right", message: "found b", remedy: "not b" });
    expect(made("a")).toStrictEqual({ rule: "a-columns-name-isnt-quite-right", message: "found a" });
  });
});
