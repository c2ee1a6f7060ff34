import { describe, expect, it } from "vitest";
import type { Labels } from "../../../../lib/formats/labels.ts";
import { propertyText } from "../../../../lib/site/explorer/property-text.ts";
import { planOf } from "../../../plan-of.ts";

const labels: Labels = new Map([["rivers", new Map([["rhine", "Rhine"]])]]);

describe("propertyText", () => {
  const plan = planOf({
    zipCode: { type: "integer" },
    zip_code: { type: "integer" },
    people: { type: "integer" },
    no: { type: "integer" },
  });
  it("groups the digits of amounts, but not of codes and keys", () => {
    const record = { id: "a", zip_code: 12345, people: 12345, no: 12345 };
    expect(["zip_code", "people", "no", "missing"].map((name) => propertyText(plan, name, record, labels))).toEqual([
      "12345",
      "12,345",
      "12345",
      "",
    ]);
    const numbered = planOf({});
    expect(
      propertyText({ ...numbered, record: { type: "object", properties: { id: { type: "integer" } } } }, "id", { id: 12345 }, labels),
    ).toBe("12345");
  });
});
