import { expect, it } from "vitest";
import { typeRules } from "../../../lib/diagnostics/rules/type-rules.ts";

it.each([
  ["integer", "12", "Remove the quotes: 12."],
  ["integer", "1,200", "Write 1200, without quotes or thousands separators."],
  ["integer", "1'200'000", "Write 1200000, without quotes or thousands separators."],
  ["integer", "1.5", "Write digits only, like 1200."],
  ["integer", "1,5", "Write digits only, like 1200."],
  ["integer", "many", "Write digits only, like 1200."],
  ["number", "1.5", "Remove the quotes: 1.5."],
  ["number", "+1,5", "Write 1.5, with a point and without quotes."],
  ["number", "-1.200", "Remove the quotes: -1.200."],
  ["number", "many", "Write digits only, like 1200 or 0.5."],
])("for a column of type %s, the text %j leads to: %s", (type, text, remedy) => {
  expect(typeRules.number([type], text).remedy).toBe(remedy);
});
