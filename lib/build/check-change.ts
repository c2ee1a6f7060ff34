import { type Checked, checkDataset } from "../check/check-dataset.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { Problem } from "../diagnostics/problem.ts";
import type { Source, Workspace } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { changesMarkdown } from "../release/changes-markdown.ts";
import { breakingDifferences, type ChangeLevel, summarizeDifference } from "../release/difference.ts";
import { missingVersion } from "../release/missing-version.ts";
import { shrinkingTables } from "../release/shrinking-tables.ts";
import { sweepingWarnings } from "../release/sweeping-warnings.ts";
import { unannouncedBreaks } from "../release/unannounced-breaks.ts";
import { CURRENT_WORDING } from "../release/wording.ts";
import { buildDataset } from "./build-dataset.ts";
import { compareReleases } from "./compare-releases.ts";
import { builtSide, COMPARED_FORMATS, type ReleaseSide, releasePlans, releaseRecordsPolicy } from "./release-side.ts";
import { sizeWarnings } from "./size-warnings.ts";
import { tableLabels } from "./table-labels.ts";

/** The effect of a change on readers. */
interface ChangeEffect {
  /** Name of the base. */
  base: string;
  level: ChangeLevel;
  summary: string;
  markdown: string;
  /** Breaking changes, if no new major version is announced. */
  problems: Problem[];
  warnings: Problem[];
}

/** A base that a change can be compared with. */
interface KnownBase {
  kind: "known";
  name: string;
  side: ReleaseSide;
  /** The newest version, which the next must exceed. */
  version: string | undefined;
  /** The content of the branch while the newest release is withdrawn: a change that keeps this content makes no release. */
  kept?: { name: string; side: ReleaseSide };
  /** Problems that prevent the change from ending a withdrawal. */
  problems?: readonly Problem[];
}

/** `new`: the base lacks the dataset. `unknown`: there is no base; `isInvalid`: because it has problems itself, so it was never released. */
export type Base = KnownBase | { kind: "new"; name: string } | { kind: "unknown"; why: string; isInvalid?: true };

export interface CheckedChange extends Checked {
  change?: ChangeEffect;
  /** The reason why nothing was compared. */
  notCompared?: string;
  /** Nothing was compared because the base has problems itself. An earlier state may serve as the base. */
  isBaseInvalid?: true;
}

export type OpenWorkspace = () => Promise<Workspace>;

/** The dataset that is compared with the base. */
export type Now = ReleaseSide & { dataset: Dataset };

/** Finds the base of a valid dataset, `now`; the workspaces that it opens exist until the comparison ends. */
export type FindBase = (open: OpenWorkspace, now: Now) => Promise<Base>;

/** Checks a dataset and, if it has no problems, compares it with a base. `folder`: name of its folder. */
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
    const { artifacts: _, ...checked } = await buildDataset(source, runtime, { folder, workspace, formats: COMPARED_FORMATS });
    if (!checked.dataset || checked.problemCount > 0) return checked;
    const now = { dataset: checked.dataset, ...builtSide(checked.dataset, runtime, workspace) };
    const base = await findBase(open, now);
    if (base.kind === "unknown") return { ...checked, notCompared: base.why, ...(base.isInvalid ? { isBaseInvalid: true } : {}) };
    if (base.kind === "new") return checked;
    const known = await comparedBase(base, now, open);
    return { ...checked, change: await changeFrom(known, now, workspace, { rows: checked.records, formats: runtime.formats }) };
  } finally {
    for (const workspace of opened) await workspace.discard();
  }
}

/** The base to compare with: the branch, if the change keeps its content. */
async function comparedBase(base: KnownBase, now: ReleaseSide, open: OpenWorkspace): Promise<KnownBase> {
  if (!base.kept) return base;
  const { level } = await compareReleases(base.kept.side, now, await open());
  return level === "none" ? { ...base, ...base.kept } : base;
}

async function changeFrom(
  base: KnownBase,
  now: Now,
  workspace: Workspace,
  { rows, formats }: { rows: ReadonlyMap<string, number>; formats: Runtime["formats"] },
): Promise<ChangeEffect> {
  const difference = await compareReleases(base.side, now, workspace);
  const { title, release } = now.dataset.metadata;
  const minimumVersion = release?.version;
  const plans = releasePlans(now.dataset.schema);
  const labels = await tableLabels(difference, plans, [now.read]);
  const isUnannounced = difference.level === "major" && base.version !== undefined && minimumVersion !== undefined;
  return {
    base: base.name,
    level: difference.level,
    summary: summarizeDifference(difference),
    warnings: [
      ...sweepingWarnings(difference, rows),
      ...sizeWarnings(difference, { rows, named: release?.formats, before: base.side.formats, known: formats }),
    ],
    markdown: changesMarkdown(
      { title, since: base.name, everything: "factpress diff --format json", wording: CURRENT_WORDING },
      difference,
      plans,
      labels,
    ),
    problems: [
      ...(base.problems ?? []),
      ...(base.version !== undefined && minimumVersion === undefined ? [missingVersion(base.version)] : []),
      ...(isUnannounced
        ? unannouncedBreaks(
            breakingDifferences(difference, releaseRecordsPolicy(base.side)),
            base.version as string,
            minimumVersion as string,
          )
        : []),
      ...(minimumVersion ? shrinkingTables(difference, release ?? {}) : []),
    ],
  };
}
