import type { Problem } from "../dataset/problem.ts";
import { changesMarkdown } from "../release/changes.ts";
import { breaking, type Level, summary } from "../release/difference.ts";
import { shrinking, unannounced } from "../release/version.ts";
import { type Checked, checkDataset } from "./check-dataset.ts";
import { compare, plansOf, promiseOf, type Side, sourceSide } from "./compare-releases.ts";
import type { Source, StartEngine, StartSql, Workspace } from "./ports.ts";
import { labelsOf } from "./write-changes.ts";

/** What a change means to readers. */
interface Change {
  level: Level;
  summary: string;
  markdown: string;
  /** What breaks readers, where no new major version is announced. */
  problems: Problem[];
}

export interface CheckedChange extends Checked {
  change?: Change;
}

/** What a dataset is compared with: how it is called, and the version that its readers have. */
export interface Base {
  name: string;
  side: Side;
  version: string | undefined;
}

/** A dataset as it was at some commit; undefined where it was no valid dataset. */
export async function baseOf(name: string, source: Source, startEngine: StartEngine, workspace: Workspace): Promise<Base | undefined> {
  const side = await sourceSide(source, startEngine, workspace).catch(() => undefined);
  return side && { name, side, version: side.dataset.metadata.release?.version };
}

/** Checks a dataset, and says what is different from a base where it has no problems. */
export async function checkChange(
  source: Source,
  base: ((workspace: Workspace) => Promise<Base | undefined>) | undefined,
  startEngine: StartEngine,
  startSql: StartSql,
  openWorkspace: () => Promise<Workspace>,
  folder?: string,
): Promise<CheckedChange> {
  const checked = await checkDataset(source, startEngine, startSql, folder);
  if (!checked.dataset || checked.problemCount > 0 || !base) return checked;
  const [before, after] = [await openWorkspace(), await openWorkspace()];
  try {
    const old = await base(before);
    const now = old && (await sourceSide(source, startEngine, after));
    if (!old || !now) return checked;
    const difference = await compare(old.side, now, after);
    const floor = now.dataset.metadata.release?.version;
    const plans = plansOf(now.dataset.schema);
    const labels = await labelsOf(difference, plans, [now.read]);
    return {
      ...checked,
      change: {
        level: difference.level,
        summary: summary(difference),
        markdown: changesMarkdown(
          { title: now.dataset.metadata.title, since: old.name, everything: "factpress diff --format json" },
          difference,
          plans,
          labels,
        ),
        problems: [
          ...(difference.level === "major" && old.version && floor
            ? unannounced(breaking(difference, promiseOf(old.side)), old.version, floor)
            : []),
          ...(floor ? shrinking(difference, now.dataset.metadata.release ?? {}) : []),
        ],
      },
    };
  } finally {
    await before.discard();
    await after.discard();
  }
}
