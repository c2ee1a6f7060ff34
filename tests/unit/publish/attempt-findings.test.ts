import { describe, expect, it } from "vitest";
import { fileProblem } from "../../../lib/diagnostics/problem.ts";
import type { Commit } from "../../../lib/ports/ports.ts";
import { AttemptFindings } from "../../../lib/publish/attempt-findings.ts";
import type { BranchStatus } from "../../../lib/publish/branch-status.ts";
import type { PublishCursor } from "../../../lib/publish/publish-cursor.ts";
import type { Finding } from "../../../lib/publish/publish-job.ts";
import { PublishRun } from "../../../lib/publish/publish-run.ts";
import { type CatalogueEntry, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { Branch, publishing, world } from "../../protocol/world.ts";

const commit = (name: string, tree = name): Commit => ({ id: name.repeat(40), date: null, tree });
const [A, B, C] = [commit("a"), commit("b"), commit("c")];
const problem = fileProblem("t.json", "wrong");
const UNTIL = "2026-01-02T00:00:00.000Z";
const refusal = ({ id }: Commit, problems = [problem]): Finding => ({ commit: id, kind: "refused", why: "dated ahead", problems });
const entry: CatalogueEntry = { version: "1.0.0", date: null, commit: "0".repeat(40), level: "first", manifest: "" };
const catalogue = emptyCatalogue("d");

function begun(more: Partial<BranchStatus> = {}, run = new PublishRun(publishing({ history: new Branch(), ...world() }))) {
  const commits = [A, B, C];
  const status: BranchStatus = {
    ...{ catalogue, etag: null, commits, base: null, tip: C, state: { catalogue, content: null }, startsNewLine: false },
    ...more,
  };
  return { run, status, findings: new AttemptFindings(run, status) };
}

const cursor = (more: Partial<PublishCursor> = {}): PublishCursor => ({
  ...{ commit: A.id as string, unreleased: [refusal(A)], warnings: [], refused: null, pending: 2 },
  ...more,
});

describe("what an attempt starts with", () => {
  it("is nothing without a cursor, and the pending commits are those of the branch", () => {
    const { run, findings } = begun();
    expect(findings).toMatchObject({ unreleased: [], warnings: [], refused: undefined, controls: [] });
    expect([run.since, [...run.pending]]).toEqual([null, [A.id, B.id, C.id]]);
  });

  it("is the findings of an earlier run, marked as reported", () => {
    const warning: Finding = { commit: B.id, kind: "warning", why: "w", problems: [] };
    const { run, findings } = begun({ cursor: cursor({ warnings: [warning], refused: A.id }), commits: [C] });
    expect(findings.unreleased).toEqual([{ ...refusal(A), isReported: true }]);
    expect(findings.warnings).toEqual([{ ...warning, isReported: true }]);
    expect(findings.refused).toEqual({ ...refusal(A), isReported: true });
    expect([...run.pending]).toEqual(["reported 0", "reported 1", C.id]);
  });

  it("is refused only if the cursor names the commit", () => {
    expect(begun({ cursor: cursor() }).findings.refused).toBeUndefined();
    const ofBranch = cursor({ unreleased: [{ ...refusal(A), commit: null }] });
    expect(begun({ cursor: ofBranch }).findings.refused).toBeUndefined();
  });

  it("counts pending commits from the newest release at the start of the run", () => {
    const { run } = begun({ catalogue: { ...catalogue, releases: [entry] } });
    expect(run.since).toBe("1.0.0");
    begun({ catalogue: { ...catalogue, releases: [{ ...entry, version: "1.0.1" }] }, cursor: cursor() }, run);
    expect([run.since, run.pending.size]).toEqual(["1.0.0", 3]);
  });
});

describe("a finding", () => {
  it("summarizes its problems on one line, or else has the reason", () => {
    const { findings } = begun();
    findings.addUnreleased(refusal(A));
    findings.addUnreleased(refusal(B, []));
    findings.addUnreleased(refusal(C, [problem, problem]));
    expect(findings.unreleased.map(({ why }) => why)).toEqual([
      "1 problem, the first in t.json: wrong",
      "dated ahead",
      "2 problems, the first in t.json: wrong",
    ]);
  });

  it("refuses the branch until a commit passes or is a draft", () => {
    const { findings } = begun();
    findings.addUnreleased(refusal(A));
    expect(findings.refused?.commit).toBe(A.id);
    findings.addUnreleased({ commit: B.id, kind: "draft", why: "a draft", problems: [] });
    expect(findings.refused).toBeUndefined();
    findings.addUnreleased(refusal(C));
    findings.addPassed({ commit: C.id, date: null, release: {} });
    expect([findings.refused, findings.controls]).toEqual([undefined, [{ commit: C.id, date: null, release: {} }]]);
  });

  it("warns about versions that are not releases", () => {
    const { findings } = begun();
    const listed = { ...catalogue, releases: [entry] };
    const note = (version: string): object => ({ version, reason: "wrong" });
    const control = (version: string) => ({ commit: B.id, date: null, release: { withdrawn: [note("1.0.0")], removed: [note(version)] } });
    findings.addWarning(undefined, listed);
    findings.addWarning(control("1.0.0") as never, listed);
    expect(findings.warnings).toEqual([]);
    findings.addWarning(control("9.0.0") as never, listed);
    expect(findings.warnings).toEqual([
      {
        commit: B.id,
        kind: "warning",
        why: "1 problem, the first in dataset.json: 9.0.0 is not a release of d, so it cannot be withdrawn or removed",
        problems: [
          fileProblem(
            "dataset.json",
            "9.0.0 is not a release of d, so it cannot be withdrawn or removed",
            "Use a version that releases.json lists.",
          ),
        ],
      },
    ]);
  });
});

describe("an attempt ends", () => {
  it("with another attempt if something was added, or if another publisher was first", () => {
    const { findings } = begun();
    expect(findings.retry()).toEqual({ next: "retry", unreleased: [], warnings: [] });
    expect(findings.continue()).toEqual({ next: "continue", unreleased: [], warnings: [] });
    expect(findings.continue(entry)).toEqual({ next: "continue", unreleased: [], warnings: [], released: entry });
  });

  it("if the branch adds nothing, and is refused only if the finding refuses it", () => {
    const behind: Finding = { commit: null, kind: "behind", why: "old", problems: [] };
    expect(begun().findings.stop(behind)).toEqual({ next: "done", unreleased: [behind], warnings: [] });
    expect(begun().findings.stop(refusal(C))).toMatchObject({ next: "done", refused: { commit: C.id } });
  });

  it("with a cursor at the last commit, if commits were checked on a line that continues", () => {
    const { findings, status } = begun();
    expect(findings.done()).toEqual({ next: "done", unreleased: [], warnings: [] });
    findings.addUnreleased(refusal(A));
    for (const one of status.commits) findings.addChecked(one);
    const { refused, cursor: written } = findings.done();
    expect(refused?.commit).toBe(A.id);
    expect(written).toMatchObject({ catalogue, at: { commit: C.id, refused: A.id, pending: 3, warnings: [] } });
    expect(written?.at.unreleased.map((one) => one.commit)).toEqual([A.id]);
    const broken = begun({ startsNewLine: true });
    broken.findings.addChecked(A);
    expect(broken.findings.done().cursor).toBeUndefined();
  });

  it("for a pause with a cursor for the catalogue that the run wrote", () => {
    const { findings } = begun();
    expect(findings.pause()).toEqual({ next: "pause", unreleased: [], warnings: [] });
    findings.addChecked(A);
    expect(findings.pause()).toMatchObject({ next: "pause", cursor: { catalogue, at: { commit: A.id, pending: 1 } } });
    const written = { ...catalogue, releases: [entry] };
    expect(findings.pause(written)).toMatchObject({ next: "pause", cursor: { catalogue: written, at: { commit: A.id } } });
  });

  it("with a cursor before the first verdict that depends on the clock", () => {
    const { findings } = begun();
    findings.addUnreleased(refusal(A));
    findings.addChecked(A);
    findings.addUnreleased(refusal(B), UNTIL);
    findings.addChecked(B);
    findings.addUnreleased(refusal(C));
    findings.addChecked(C);
    const { refused, cursor: written, unreleased } = findings.done();
    expect([refused?.commit, unreleased.length]).toEqual([C.id, 3]);
    expect(written?.at).toMatchObject({ commit: A.id, refused: A.id, pending: 1 });
    expect(written?.at.unreleased.map((one) => one.commit)).toEqual([A.id]);
  });

  it("with a cursor that is refused only by the last change before it", () => {
    const { findings } = begun({ commits: [A, { ...B, tree: "b" }, C] });
    findings.addUnreleased(refusal(A));
    findings.addChecked(A);
    findings.addPassed({ commit: B.id, date: null, release: {} });
    findings.addChecked(B);
    findings.addUnreleased(refusal(C), UNTIL);
    expect(findings.done().cursor?.at).toMatchObject({ commit: B.id, refused: null });
    const draft = begun();
    draft.findings.addUnreleased({ commit: A.id, kind: "draft", why: "a draft", problems: [] });
    draft.findings.addChecked(A);
    draft.findings.addUnreleased(refusal(B), UNTIL);
    expect(draft.findings.done().cursor?.at).toMatchObject({ commit: A.id, refused: null });
  });

  it("with a cursor that keeps earlier findings, even without a commit of the branch", () => {
    const { findings } = begun({ cursor: cursor({ commit: A.id as string }), commits: [B, C] });
    findings.addChecked(B);
    findings.addUnreleased(refusal(C), UNTIL);
    expect(findings.done().cursor?.at).toMatchObject({ commit: B.id, pending: 3, unreleased: [{ commit: A.id }] });
  });

  it("with a cursor that stays refused if the folder did not change since", () => {
    const commits = [{ ...B, tree: "same" }, C];
    for (const refused of [A.id, null]) {
      const { findings } = begun({ cursor: cursor({ refused }), base: "same", commits });
      findings.addChecked(commits[0] as Commit);
      findings.addUnreleased(refusal(C), UNTIL);
      expect(findings.done().cursor?.at).toMatchObject({ commit: B.id, refused, pending: 3 });
    }
    const changed = begun({ cursor: cursor({ refused: A.id }), base: "other", commits });
    changed.findings.addPassed({ commit: B.id, date: null, release: {} });
    changed.findings.addChecked(commits[0] as Commit);
    changed.findings.addUnreleased(refusal(C), UNTIL);
    expect(changed.findings.done().cursor?.at).toMatchObject({ commit: B.id, refused: null });
  });

  it("with the reasons for blocking this tip, and without a cursor if they depend on the clock", () => {
    const blocked = { planned: [{ version: "1.0.0", commit: A.id }], reverted: [] };
    const plan = { unreleased: [refusal(C)], refused: refusal(C), blocked };
    const result = begun().findings.block(plan);
    expect(result).toMatchObject({
      next: "done",
      blocked,
      refused: { commit: C.id },
      cursor: { at: { commit: C.id, pending: 3, blocked } },
    });
    const onClock = begun().findings.block({ ...plan, refusedUntil: UNTIL });
    expect(onClock).toMatchObject({ next: "done", blocked, refusedUntil: UNTIL });
    expect(onClock.cursor).toBeUndefined();
    const { refused, ...passing } = plan;
    expect(begun().findings.block({ ...passing, unreleased: [] }).refused).toBeUndefined();
  });
});
