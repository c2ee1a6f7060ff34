import { type Checked, checkDataset } from "../check/check-dataset.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import type { Problem } from "../diagnostics/problem.ts";
import { type Source, UnreadableSourceError, type Workspace } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { changesMarkdown } from "../release/changes-text.ts";
import { breaking, type Level, summary } from "../release/difference.ts";
import { shrinking, unannounced } from "../release/next-version.ts";
import { sweepingWarnings } from "../release/sweeping-warnings.ts";
import { buildDataset } from "./build-dataset.ts";
import { builtSide, COMPARED, compareReleases, plansOf, promiseOf, type Side, sourceSide } from "./compare-releases.ts";
import { labelsOf } from "./write-changes.ts";

/** The effect of a change on readers. */
interface Change {
  level: Level;
  summary: string;
  markdown: string;
  /** Breaking changes, if no new major version is announced. */
  problems: Problem[];
  /** Warnings. */
  warnings: Problem[];
}

/** The base: its name, and the version that readers have. */
interface KnownBase {
  kind: "known";
  name: string;
  side: Side;
  version: string | undefined;
}

/** `new`: the dataset does not exist there. `unknown`: nothing to compare with. */
export type Base = KnownBase | { kind: "new"; name: string } | { kind: "unknown"; why: string };

export interface CheckedChange extends Checked {
  change?: Change;
  /** Why nothing was compared. */
  notCompared?: string;
}

/** A dataset at an earlier commit. A dataset with problems cannot be compared; failed I/O throws. */
export async function openBase(name: string, source: Source, runtime: Runtime, workspace: Workspace): Promise<Base> {
  try {
    // Later rules do not apply to what was published before them.
    const side = await sourceSide(source, runtime, workspace, FIRST_LAYOUT);
    if (side) return { kind: "known", name, side, version: side.dataset.metadata.release?.version };
    return { kind: "unknown", why: `${name} has problems itself` };
  } catch (error) {
    // A link or too many files: a problem of that commit's data.
    if (error instanceof UnreadableSourceError) return { kind: "unknown", why: `${name} has problems itself: ${error.message}` };
    throw error;
  }
}

/** Finds the base; the workspaces that it opens exist until the comparison is done. */
export type FindBase = (open: () => Promise<Workspace>) => Promise<Base>;

/** Checks a dataset, and says what is different from a base where it has no problems. `folder`: the name of its folder. */
export async function checkChange(
  source: Source,
  runtime: Runtime,
  { folder, findBase }: { folder?: string; findBase?: FindBase | undefined },
): Promise<CheckedChange> {
  if (!findBase) return checkDataset(source, runtime, { folder });
  const opened: Workspace[] = [];
  const open = async (): Promise<Workspace> => {
    const workspace = await runtime.openWorkspace();
    opened.push(workspace);
    return workspace;
  };
  try {
    const workspace = await open();
    const { artifacts: _, ...checked } = await buildDataset(source, runtime, { folder, workspace, formats: COMPARED });
    if (!checked.dataset || checked.problemCount > 0) return checked;
    const base = await findBase(open);
    if (base.kind === "unknown") return { ...checked, notCompared: base.why };
    if (base.kind === "new") return checked;
    const now = { dataset: checked.dataset, ...builtSide(checked.dataset, runtime, workspace) };
    return { ...checked, change: await changeFrom(base, now, workspace, checked.records) };
  } finally {
    for (const workspace of opened) await workspace.discard();
  }
}

async function changeFrom(
  base: KnownBase,
  now: NonNullable<Awaited<ReturnType<typeof sourceSide>>>,
  workspace: Workspace,
  rows: ReadonlyMap<string, number>,
): Promise<Change> {
  const difference = await compareReleases(base.side, now, workspace);
  const { title, release } = now.dataset.metadata;
  const floor = release?.version;
  const plans = plansOf(now.dataset.schema);
  const labels = await labelsOf(difference, plans, [now.read]);
  const isUnannounced = difference.level === "major" && base.version !== undefined && floor !== undefined;
  return {
    level: difference.level,
    summary: summary(difference),
    warnings: sweepingWarnings(difference, rows),
    markdown: changesMarkdown({ title, since: base.name, everything: "factpress diff --format json" }, difference, plans, labels),
    problems: [
      ...(isUnannounced ? unannounced(breaking(difference, promiseOf(base.side)), base.version as string, floor as string) : []),
      ...(floor ? shrinking(difference, release ?? {}) : []),
    ],
  };
}
