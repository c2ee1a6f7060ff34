import { h } from "preact";
import { render } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { ChangeEntry } from "../../../../lib/site/versions/change-entry.tsx";
import type { VersionsModel } from "../../../../lib/site/versions/versions-model.ts";

const model = { tables: {}, titles: {}, labels: {} } as unknown as VersionsModel;
const entryOf = (old: string[], now: string[]): string =>
  render(h(ChangeEntry, { change: { kind: "changed", table: "t", key: "a", fields: [{ name: "x", old, now }] } as never, model }));

describe("ChangeEntry", () => {
  it("has an arrow between what was removed and added, and none before what was only added", () => {
    expect(entryOf(["a"], ["b"])).toContain("→");
    expect(entryOf(["a"], ["a", "b"])).toContain("<ins>");
    expect(entryOf(["a"], ["a", "b"])).not.toContain("→");
    expect(entryOf(["a", "b"], ["a"])).not.toContain("→");
  });
});
