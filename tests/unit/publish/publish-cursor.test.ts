import { describe, expect, it } from "vitest";
import { CursorStore, forgetCursor, type PublishCursor } from "../../../lib/publish/publish-cursor.ts";
import { emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { Branch, publishing, world } from "../../protocol/world.ts";

const KEY = ".factpress/cursors/d.json";
const ID = "a".repeat(40);
const catalogue = emptyCatalogue("d");
const problem = { file: "t.json", line: 1, column: 1, message: "m", remedy: "r" };
const finding = { commit: ID, kind: "refused" as const, why: "w", problems: [problem] };
const whole: PublishCursor = {
  commit: ID,
  unreleased: [finding],
  warnings: [{ ...finding, kind: "warning" }],
  refused: ID,
  pending: 2,
  blocked: { planned: [{ version: "1.0.0", commit: ID }], reverted: [{ version: "1.0.0", commit: null, changes: ["t: a"], count: 1 }] },
};
const [planned] = (whole.blocked as NonNullable<PublishCursor["blocked"]>).planned;
const [reverted] = (whole.blocked as NonNullable<PublishCursor["blocked"]>).reverted;

async function written(cursor = whole) {
  const w = world();
  const job = publishing({ history: new Branch(), ...w });
  await new CursorStore(job).write(catalogue, cursor);
  const text = Buffer.from(w.objects.get(KEY) as Uint8Array).toString();
  return { w, job, stored: JSON.parse(text) as Record<string, unknown> };
}

describe("PublishCursor", () => {
  it("is read as it was written, with all optional parts or none", async () => {
    const { job } = await written();
    expect(await new CursorStore(job).read(catalogue)).toMatchObject(whole);
    const least: PublishCursor = { commit: "b".repeat(64), unreleased: [], warnings: [], refused: null, pending: 0 };
    expect(await new CursorStore((await written(least)).job).read(catalogue)).toMatchObject(least);
  });

  it.each<[string, object]>([
    ["a longer commit", { commit: `${ID}a` }],
    ["a prefix before its commit", { commit: `x${ID}` }],
    ["no commit", { commit: undefined }],
    ["no settings", { settings: undefined }],
    ["findings that are not a list", { unreleased: {} }],
    ["null for a finding", { warnings: [null] }],
    ["a finding of a branch", { warnings: [{ ...finding, commit: "main" }] }],
    ["a finding of another kind", { warnings: [{ ...finding, kind: "released" }] }],
    ["a finding without a text", { warnings: [{ ...finding, why: 1 }] }],
    ["a problem without a file", { warnings: [{ ...finding, problems: [{ ...problem, file: 1 }] }] }],
    ["a problem with half a line", { warnings: [{ ...finding, problems: [{ ...problem, line: 1.5 }] }] }],
    ["a problem with a text for a column", { warnings: [{ ...finding, problems: [{ ...problem, column: "1" }] }] }],
    ["a problem without a message", { warnings: [{ ...finding, problems: [{ ...problem, message: undefined }] }] }],
    ["a problem with a number for a remedy", { warnings: [{ ...finding, problems: [{ ...problem, remedy: 1 }] }] }],
    ["a refused commit that is not among the unreleased", { refused: "c".repeat(40) }],
    ["a count with a fraction", { pending: 0.5 }],
    ["null for what blocks it", { blocked: null }],
    ["nothing planned in what blocks it", { blocked: { reverted: [] } }],
    ["a planned release without a version", { blocked: { planned: [{ ...planned, version: 1 }], reverted: [] } }],
    ["a planned release of a branch", { blocked: { planned: [{ ...planned, commit: "main" }], reverted: [] } }],
    ["a reverted release without a version", { blocked: { planned: [], reverted: [{ ...reverted, version: 1 }] } }],
    ["a reverted release of a branch", { blocked: { planned: [], reverted: [{ ...reverted, commit: "main" }] } }],
    ["changes that are not a list", { blocked: { planned: [], reverted: [{ ...reverted, changes: "t: a" }] } }],
    ["a change that is not a string", { blocked: { planned: [], reverted: [{ ...reverted, changes: [1] }] } }],
    ["a count of changes that is not a number", { blocked: { planned: [], reverted: [{ ...reverted, count: "1" }] } }],
  ])("with %s is ignored", async (_what, changed) => {
    const { w, job, stored } = await written();
    w.objects.set(KEY, Buffer.from(JSON.stringify({ ...stored, ...changed })));
    expect(await new CursorStore(job).read(catalogue)).toBeUndefined();
  });

  it("is valid for one catalogue, one dataset, one version and the same settings", async () => {
    const { w, job } = await written();
    expect(await new CursorStore(job).read({ ...catalogue, dataset: "e" })).toBeUndefined();
    expect(await new CursorStore({ ...job, planFirst: true }).read(catalogue)).toBeUndefined();
    expect(await new CursorStore({ ...job, runtime: { ...job.runtime, generator: "2" } }).read(catalogue)).toBeUndefined();
    w.objects.set(KEY, Buffer.from("{"));
    expect(await new CursorStore(job).read(catalogue)).toBeUndefined();
  });

  it("is not written if it is too large or unchanged, and can be forgotten", async () => {
    const { w, job } = await written();
    const before = w.objects.get(KEY);
    await new CursorStore(job).write(catalogue, whole);
    expect(w.objects.get(KEY)).toBe(before);
    await new CursorStore(job).write(catalogue, { ...whole, unreleased: [{ ...finding, why: "x".repeat(4 * 1024 * 1024) }] });
    expect(w.objects.get(KEY)).toBe(before);
    // With too many findings, the oldest are omitted.
    const many = Array.from({ length: 3_000 }, (_, i) => ({ ...finding, commit: String(i).padStart(40, "0"), why: "x".repeat(2_000) }));
    await new CursorStore(job).write(catalogue, { ...whole, unreleased: [finding, ...many] });
    const kept = (await new CursorStore(job).read(catalogue))?.unreleased ?? [];
    expect([kept[0], kept.at(-1), kept.length > 1_000, kept.length < 2_500]).toEqual([finding, many.at(-1), true, true]);
    // If no commit was refused, findings without a commit are omitted as well.
    const ofBranch = many.map((one) => ({ ...one, commit: null }));
    await new CursorStore(job).write(catalogue, { ...whole, refused: null, unreleased: ofBranch });
    expect((await new CursorStore(job).read(catalogue))?.unreleased).toHaveLength(1_500);
    await forgetCursor(w.store, "d");
    expect(await new CursorStore(job).read(catalogue)).toBeUndefined();
    await forgetCursor(w.store, "e");
    expect(w.objects.has(".factpress/cursors/e.json")).toBe(false);
  });
});
