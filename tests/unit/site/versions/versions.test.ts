import { h, render } from "preact";
import { expect, it } from "vitest";
import { type Changes, composeChanges } from "../../../../lib/release/compose-changes.ts";
import { groupChanges } from "../../../../lib/site/versions/group-changes.ts";
import { Versions, type VersionsEffects } from "../../../../lib/site/versions/versions.tsx";
import type { VersionsModel } from "../../../../lib/site/versions/versions-model.ts";
import { type TinyNode, tinyDocument } from "../tiny-document.ts";

const changesOf = (from: string, to: string, ids: readonly string[]): Changes =>
  composeChanges([{ from, to, schema: [], tables: { rivers: { added: ids.map((id) => ({ id })) } } }], (_, record) =>
    String((record as { id: string }).id),
  );
const listed = (version: string) => ({ version, date: null, level: "minor" });

/** The versions of a page that leaves out the records of its changes, in the browser of a reader. */
function shown(effects: Partial<VersionsEffects>) {
  const { groups, ...changes } = groupChanges(changesOf("1.0.0", "1.1.0", ["rhine", "elbe"]));
  const model: VersionsModel = {
    ...{ dataset: "d", composer: "", versions: ["1.1.0", "1.0.0"].map(listed), total: 3, isFirst: false, labels: {}, titles: {} },
    tables: { rivers: { title: "Rivers", noun: ["river", "rivers"], primaryKey: ["id"], names: ["id"], fields: {} } },
    changes: { ...changes, groups: groups.map(({ records: _, ...group }) => group) },
  };
  const root = tinyDocument();
  const all = { addressed: () => undefined, writeAddress: () => {}, ...effects } as VersionsEffects;
  render(h(Versions, { model, effects: all }), root as never);
  const listOf = (list: string): string[] =>
    root.all(list).flatMap((each) => each.childNodes.filter(({ localName }) => localName === "li").map(({ textContent }) => textContent));
  return { root, listOf };
}

/** Clicks a button, and waits until the page shows what follows. */
async function click(root: TinyNode, label: string): Promise<void> {
  root
    .all("button")
    .find(({ textContent }) => textContent.startsWith(label))
    ?.click();
  await new Promise(setImmediate);
}

it("lists the changes that the page leaves out once a reader asks for them", async () => {
  const { root, listOf } = shown({ compare: (from, to) => Promise.resolve(changesOf(from, to, ["rhine", "elbe"])) });
  expect(listOf("ul")).toEqual([]);
  await click(root, "Show 2 more changes");
  expect(listOf("ul")).toEqual([expect.stringContaining("rhine"), expect.stringContaining("elbe")]);
});

it("lists all versions once a reader asks for them", async () => {
  const { root, listOf } = shown({ allVersions: () => Promise.resolve(["1.1.0", "1.0.0", "0.9.0"].map(listed)) });
  expect(listOf("ol")).toHaveLength(2);
  await click(root, "Show all 3 versions");
  expect(listOf("ol")).toEqual(["1.1.0", "1.0.0", "0.9.0"].map((version) => expect.stringContaining(version)));
});

it("explains why the versions of the address cannot be compared", async () => {
  const { root } = shown({
    addressed: () => ["1.1.0", "9.9.9"],
    allVersions: () => Promise.resolve(["1.1.0", "1.0.0"].map(listed)),
    compare: () => Promise.reject(new Error("there is no version 9.9.9")),
  });
  await expect
    .poll(() => root.all("p").map(({ textContent }) => textContent))
    .toContain("1.1.0 and 9.9.9 could not be compared: there is no version 9.9.9.");
});
