import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Outcomes, publishVerdict } from "../../../lambdas/publish/publish-verdict.ts";
import type { Finding, Published } from "../../../lib/publish/publish-job.ts";
import { scratch } from "../../scratch.ts";

const [TIP, OLDER] = ["b".repeat(40), "a".repeat(40)];
const place = { site: "https://data.example.org", dataFolder: "data", tip: TIP };
const finding = (commit: string | null, more: Partial<Finding> = {}): Finding => ({
  ...{ commit, kind: "refused", why: "1 problem", problems: [{ file: ".", line: 0, column: 0, message: "Wrong" }] },
  ...more,
});
const published = (more: Partial<Published> = {}): Published => ({
  ...{ released: [], unreleased: [], warnings: [], more: false, pending: { commits: 0, since: null, unchecked: 0 } },
  catalogue: { dataset: "d", releases: [], withdrawn: [], removed: [] },
  ...more,
});
const verdict = (sha: string, one: Published, failures: Outcomes["failures"] = new Map()) =>
  publishVerdict(sha, { published: new Map([["d", one]]), failures }, place);

describe("the check run of a commit", () => {
  it("fails when the commit was refused, with its problems in the data folder", () => {
    expect(verdict(TIP, published({ unreleased: [finding(TIP)] }))).toMatchObject({
      conclusion: "failure",
      title: "not published",
      problems: [{ file: "data/d/dataset.json", message: "Wrong" }],
    });
  });

  it("fails on the newest commit if an earlier one caused the refusal, and on no other commit", () => {
    const one = published({ unreleased: [finding(OLDER)], refused: finding(OLDER) });
    expect(verdict(TIP, one)).toMatchObject({ conclusion: "failure", summary: expect.stringContaining(`since ${OLDER}`) });
    expect(verdict("c".repeat(40), one)).toMatchObject({ conclusion: "success", title: "nothing new" });
  });

  it("fails for a commit that is refused without problems, such as one dated ahead of the clock", () => {
    expect(verdict(TIP, published({ unreleased: [finding(TIP, { problems: [], why: "it is dated 2099" })] }))).toMatchObject({
      conclusion: "failure",
      summary: expect.stringContaining("it is dated 2099"),
    });
  });

  it("is neutral while a build publishes a dataset, unless another one is refused", () => {
    const left = (more: Partial<Published> = {}) =>
      publishVerdict(TIP, { published: new Map([["d", published(more)]]), failures: new Map(), leftToBuild: ["large"] }, place);
    expect(left()).toMatchObject({
      conclusion: "neutral",
      title: "a build publishes this",
      summary: "- **d**: nothing new\n- **large**: a build publishes it, because it or its history is large. The result is reported here.",
    });
    expect(left({ unreleased: [finding(TIP)] })).toMatchObject({ conclusion: "failure", title: "not published" });
  });

  it("succeeds for a draft and for a branch that lags behind", () => {
    for (const kind of ["draft", "behind"] as const)
      expect(verdict(TIP, published({ unreleased: [finding(TIP, { kind, problems: [], why: "why" })] }))).toMatchObject({
        conclusion: "success",
        summary: expect.stringContaining("why"),
      });
  });

  it("names the release of the commit, and fails if there is also a warning", () => {
    const entry = { version: "1.1.0", date: null, commit: TIP, level: "minor" as const, manifest: "" };
    const catalogue = { dataset: "d", releases: [entry], withdrawn: [], removed: [] };
    expect(verdict(TIP, published({ catalogue }))).toMatchObject({ conclusion: "success", title: "published 1.1.0", problemCount: 0 });
    expect(verdict(TIP, published({ catalogue, warnings: [finding(TIP, { kind: "warning" })] }))).toMatchObject({
      conclusion: "failure",
      title: "published 1.1.0, 1 problem",
    });
  });

  it("fails when a dataset could not be published, without the message of AWS", () => {
    const error = Object.assign(new Error("arn:aws:iam::123:role"), { name: "AccessDenied", $metadata: {} });
    expect(verdict(TIP, published(), new Map([["e", error]]))).toMatchObject({
      conclusion: "failure",
      summary: expect.stringContaining("AWS answered AccessDenied"),
    });
  });

  it("fails when a disk failed, without a path of it", async () => {
    const failed = mkdir(join(await scratch(), "missing", "folder")).catch((error: Error) => error);
    const { conclusion, summary } = verdict(TIP, published(), new Map([["e", (await failed) as Error]]));
    const line = "- **e**: could not be published; it will be retried. Internal error; see the logs of the function (ENOENT)";
    expect([conclusion, summary.split("\n")[1]?.replaceAll("\\", "")]).toEqual(["failure", line]);
  });
});
