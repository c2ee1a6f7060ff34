import { describe, expect, it } from "vitest";
import { findingsRefuse } from "../../../bin/findings-refuse.ts";
import { type Outcome, printFindings } from "../../../bin/print-findings.ts";
import { fileProblem } from "../../../lib/diagnostics/problem.ts";
import type { Finding } from "../../../lib/publish/publish-job.ts";
import { type CatalogueEntry, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { printed } from "../../printed.ts";

const [A, B] = ["a".repeat(40), "b".repeat(40)];
const entry: CatalogueEntry = { version: "1.0.0", date: null, commit: A, level: "first", manifest: "" };
const empty = emptyCatalogue("d");
const listed = { ...empty, releases: [entry] };
const outcome = (more: Partial<Outcome> = {}): Outcome => ({
  ...{ unreleased: [], warnings: [], catalogue: listed, pending: { commits: 2, since: "1.0.0", unchecked: 2 } },
  ...more,
});
const finding = (more: Partial<Finding> = {}): Finding => ({ commit: B, kind: "refused", why: "why", problems: [], ...more });
const lines = async (...args: Parameters<typeof printFindings>): Promise<string[]> =>
  (await printed(() => printFindings(...args))).split("\n").slice(0, -1);
const blocked = {
  planned: [{ version: "1.1.0", commit: A }],
  reverted: [{ version: "1.1.0", commit: A, changes: ["t: a", "t: b"], count: 2 }],
};

const after =
  'Readers then get 1.1.0; if its revert is refused, withdraw it in the next commit: "withdrawn": [{ "version": "1.1.0", "reason": "..." }] in the block "release" of dataset.json';

describe("printFindings", () => {
  it("prints how many commits were checked, and the release before them", async () => {
    expect(await lines("d", outcome())).toEqual(["d  checked 2 commits since 1.0.0"]);
    expect(await lines("d", outcome({ pending: { commits: 1, since: null, unchecked: 1 } }))).toEqual([
      "d  checked 1 commit since the start of the branch",
    ]);
  });

  it("explains why a commit makes no release, with control characters escaped", async () => {
    const unreleased = [finding({ kind: "draft", why: "a\u001bb" }), finding({ kind: "behind", commit: null })];
    const warnings = [finding({ kind: "warning", why: "w" }), finding({ kind: "warning", commit: null, why: "x" })];
    expect((await lines("d", outcome({ unreleased, warnings }))).slice(1)).toEqual([
      "d  commit bbbbbbbbbb makes no release: a\\u001bb",
      "d  no release: why",
      "d  commit bbbbbbbbbb: w",
      "d  x",
    ]);
  });

  it("reports that the tip is refused, which release stays, and the remedies of its problems", async () => {
    const problems = [{ ...fileProblem("t.json", "wrong", "Correct it."), line: 3 }, fileProblem("dataset.json", "missing")];
    const refused = finding({ problems });
    expect((await lines("d", outcome({ refused }))).slice(1)).toEqual([
      "d  the tip of the branch is refused (commit bbbbbbbbbb). 1.0.0 stays the newest release",
      "  - t.json:3: wrong. Correct it.",
      "  - dataset.json: missing",
    ]);
    expect((await lines("d", outcome({ refused: finding({ commit: null }), catalogue: empty }))).slice(1)).toEqual([
      "d  the tip of the branch is refused",
    ]);
  });

  it("shows five problems, and counts the rest", async () => {
    const of = async (count: number): Promise<string[]> =>
      (await lines("d", outcome({ refused: finding({ problems: new Array(count).fill(fileProblem("t.json", "wrong")) }) }))).slice(2);
    expect(await of(5)).toHaveLength(5);
    expect(await of(7)).toEqual([
      ...new Array(5).fill("  - t.json: wrong"),
      "  - and 2 more: check out the branch and run factpress check to see them",
    ]);
  });

  it("reports what the tip reverts, and the options for a release", async () => {
    expect((await lines("d", outcome({ blocked }))).slice(1)).toEqual([
      "d  nothing was published: the newest commit reverts 1.1.0 (commit aaaaaaaaaa), which is not published yet: t: a; t: b. 1.0.0 stays the newest release",
      "  - 1.1.0 (commit aaaaaaaaaa) is not published yet. Squash it with the commit that reverts it (git rebase -i aaaaaaaaaa), and publish again.",
      `  - To release each commit that passes anyway: --every-commit. ${after}`,
    ]);
    const [reverted] = blocked.reverted;
    const more = { planned: blocked.planned, reverted: [{ ...(reverted as NonNullable<typeof reverted>), count: 5 }] };
    expect((await lines("d", outcome({ blocked: more, catalogue: empty })))[1]).toMatch(/: t: a; t: b and 3 more$/);
  });

  it("lists the options for a push, and names the whole branch if nothing was released", async () => {
    const reverted = [...blocked.reverted, { version: "1.1.1", commit: null, changes: ["t: c"], count: 1 }];
    expect((await lines("d", outcome({ blocked: { ...blocked, reverted }, catalogue: empty }), "push")).slice(2)).toEqual([
      "  - 1.1.0 (commit aaaaaaaaaa) is not published yet. Squash it with the commit that reverts it (git rebase -i --root), and push again.",
      "  - 1.1.1 (commit ?) is not published yet. Squash it with the commit that reverts it (git rebase -i --root), and push again.",
      `  - To release each commit that passes anyway, the owner of this remote publishes with --every-commit. ${after}`,
    ]);
  });

  it("prints the problems of the tip once, and those of earlier commits", async () => {
    const problems = [fileProblem("t.json", "wrong", "Correct it.")];
    const refused = finding({ problems });
    expect((await lines("d", outcome({ refused, unreleased: [finding({ commit: A, problems }), refused] }))).slice(1)).toEqual([
      "d  commit aaaaaaaaaa makes no release: why",
      "d  the tip of the branch is refused (commit bbbbbbbbbb). 1.0.0 stays the newest release",
      "  - t.json: wrong. Correct it.",
    ]);
  });

  it("does not suggest squashing if the tip itself is refused", async () => {
    const refused = finding({ problems: [fileProblem("t.json", "wrong")] });
    expect((await lines("d", outcome({ refused, blocked: { ...blocked, reverted: [] } }))).slice(2)).toEqual([
      "  - t.json: wrong",
      "  - To release each commit that passes anyway: --every-commit",
    ]);
  });

  it("suggests neither squashing nor --every-commit if nothing is planned", async () => {
    const refused = finding({ problems: [fileProblem("t.json", "wrong")] });
    expect((await lines("d", outcome({ refused, blocked: { planned: [], reverted: [] } }))).slice(1)).toEqual([
      "d  nothing was published: the tip of the branch is refused (commit bbbbbbbbbb). 1.0.0 stays the newest release",
      "  - t.json: wrong",
    ]);
  });
});

it("a branch is refused if its tip is refused or nothing was published", () => {
  expect([findingsRefuse({}), findingsRefuse({ refused: finding() }), findingsRefuse({ blocked })]).toEqual([false, true, true]);
});
