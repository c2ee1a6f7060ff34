import { expect, it } from "vitest";
import { factpress, ROOT, scratch, tree } from "./scratch.ts";
import { shuffledBuild } from "./shuffled-build.ts";

it("builds the same bytes in another folder, time zone, locale, umask and order of files", async () => {
  const here = await scratch();
  await factpress(ROOT, "build", "--out", here);
  const env = { TZ: "Pacific/Apia", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
  expect(await shuffledBuild(process.execPath, { env })).toEqual(await tree(here));
});
