import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { announceWorkspaces, followWorkspaces } from "../../../../lib/adapters/folder/follow-workspaces.ts";
import { openAnnouncementChannel } from "../../../../lib/adapters/threads/open-announcement-channel.ts";
import { scratch } from "../../../scratch.ts";

/** Announces a folder as another thread does. */
function announce(parent: string): void {
  const channel = openAnnouncementChannel("factpress-workspaces");
  onTestFinished(() => channel.close());
  channel.postMessage(parent);
}

/** A folder with two workspaces and something else. */
async function parentFolder(): Promise<string> {
  const parent = await scratch();
  for (const name of ["of-1-a", "of-1-b", "of-2-a"]) mkdirSync(join(parent, name, "inner"), { recursive: true });
  return parent;
}

it.each([0, 3])(
  "removes the workspaces of threads, and nothing else, %i turns of the event loop after they were announced",
  async (turns) => {
    const removeLeft = followWorkspaces("of-1-");
    const [first, second, gone] = [await parentFolder(), await parentFolder(), join(await scratch(), "gone")];
    for (const parent of [first, gone, second]) announce(parent);
    for (let i = 0; i < turns; i += 1) await setImmediate();
    removeLeft();
    expect([readdirSync(first), readdirSync(second), existsSync(gone)]).toEqual([["of-2-a"], ["of-2-a"], false]);
  },
);

it("fails if a folder cannot be listed", async () => {
  const removeLeft = followWorkspaces("of-1-");
  const file = join(await scratch(), "file");
  writeFileSync(file, "");
  announce(file);
  expect(removeLeft).toThrow("ENOTDIR");
});

it("is not told of the main thread's own workspaces", async () => {
  const removeLeft = followWorkspaces("of-1-");
  const parent = await parentFolder();
  announceWorkspaces(parent);
  for (let i = 0; i < 3; i += 1) await setImmediate();
  removeLeft();
  expect(readdirSync(parent)).toHaveLength(3);
});
