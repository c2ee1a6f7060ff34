import { expect, it } from "vitest";
import { ROWS } from "../../hostile-rows.ts";
import { smallDataset, write } from "../../scratch.ts";
import { sharedBundles } from "../../servers/lambda.ts";
import { shareOf } from "../../share-of.ts";
import { NODE_24 } from "../optional.ts";
import { dataFolder, REPOSITORY, startPipeline } from "./pipeline.ts";

it("untrusted pull requests get a verdict from the bundle of validate", async () => {
  const p = await startPipeline(await sharedBundles("plain"), NODE_24);
  const rows = shareOf(ROWS);
  try {
    await write(dataFolder(p), smallDataset("1.0.0"));
    await p.git.commit("1", "2024-01-01T00:00:00Z");
    const commits: string[] = [];
    for (const [i, { files }] of rows.entries()) {
      await p.git.git("checkout", "-q", "-B", `row-${i + 1}`, "main");
      await write(dataFolder(p), files);
      commits.push(await p.git.commit(`row ${i + 1}`, "2024-02-01T00:00:00Z"));
      await p.git.git("checkout", "-q", "main");
    }
    for (const [i, sha] of commits.entries()) {
      const number = i + 1;
      p.github.pulls.push({ number, sha, base: "main" });
      await p.webhook("pull_request", {
        action: "opened",
        repository: { full_name: REPOSITORY },
        pull_request: { number, head: { sha }, base: { ref: "main" } },
      });
    }
    // GitHub is written to once a second and instance: most of the time is waiting.
    expect(await p.pumpSideBySide("validate", 6)).toEqual({ handled: rows.length, failed: 0 });
    for (const [i, { name, says }] of rows.entries()) {
      const sha = commits[i];
      const run = p.github.checkRuns.filter((one) => one.head_sha === sha).at(-1);
      // What is said there is Markdown: compare without its escapes.
      const text = (run?.output.summary ?? "").replaceAll(/\\(.)/g, "$1").replaceAll("\u200b", "");
      if (says) expect([name, run?.conclusion, text]).toEqual([name, "failure", expect.stringMatching(says)]);
      // A good dataset may still break readers of the one before, or be a draft: that is all that may be said of it.
      else
        for (const line of text.split("\n").filter((line) => line.startsWith("- `")))
          expect([name, line]).toEqual([name, expect.stringMatching(/This breaks readers|no longer has release\.version/)]);
      expect(text).not.toMatch(/\n\s+at |RangeError|TypeError/);
    }
  } finally {
    await p.stop();
  }
  expect(p.github.violations).toEqual([]);
});
