import { expect, it } from "vitest";
import { canonicalText } from "../../../lib/json/canonical-text.ts";

const QUOTES = "put straight quotes in place of curly ones";

it.each<[string, string, string, string[]]>([
  ["a byte order mark", '\ufeff[{"a":"b"}]', '[{"a":"b"}]', ["removed the byte order mark"]],
  ["curly quotes", "[{“a”:„b“}]", '[{"a":"b"}]', [QUOTES]],
  ["curly quotes beside straight ones, and none in a text", '[{"a”":“b"},{“c„:"“d”"}]', '[{"a”":"b"},{"c":"“d”"}]', [QUOTES]],
])("replaces %s", (_what, text, same, changes) => {
  const found = canonicalText(text);
  expect(JSON.parse(found?.text ?? "")).toEqual(JSON.parse(same));
  expect(found?.changes.slice(0, 1)).toEqual(changes);
});

it("leaves unclosed curly quotes and unreadable text", () => {
  expect(canonicalText("[{“a}]")).toBeUndefined();
  expect(canonicalText('[{"a":1,"a":2}]')).toBeUndefined();
});
