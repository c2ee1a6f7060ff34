import { expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { committedSide } from "../../../lib/publish/committed-side.ts";
import { emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { Branch, type Made } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const open = (made: Made) => {
  const history = new Branch().push(made);
  const entry = { version: "1.0.0", date: null, commit: history.tip as string, level: "first" as const, manifest: "" };
  return committedSide({ history, runtime: RUNTIME })(entry, emptyCatalogue("d"), memoryWorkspace());
};

it("opens a release by its commit", async () => {
  expect((await open({ records: { a: "1" } })).shape.package["title"]).toBe("D");
});

it("fails if the commit of a release has problems", async () => {
  await expect(open({ records: {}, broken: true })).rejects.toThrow(/^Commit 0{39}1 passed its checks before but fails them now$/);
});
