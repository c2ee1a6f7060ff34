import type { Dataset } from "../dataset/dataset.ts";
import type { Format } from "../formats/format.ts";
import type { Artifact, Workspace } from "../ports/ports.ts";
import { changesMarkdown } from "../release/changes-text.ts";
import type { ReleaseFacts } from "../release/datapackage.ts";
import type { Difference } from "../release/difference.ts";
import { finishRelease, writeText } from "./build-release.ts";
import { changedDocuments, plansOf, type Side } from "./compare-releases.ts";
import { labelsOf, writeChanges } from "./write-changes.ts";

/** The release that a new one is compared with, and what is different from it. */
export interface Since {
  version: string;
  old: Side;
  now: Side;
  difference: Difference;
  /** Where the lists of the difference stand; in the workspace of the release where it is left out. */
  spools?: Workspace;
  /** The release before the new one, where that is not the one it is compared with. */
  skipped?: { version: string; manifest: string };
  /** The release before was removed: nothing of it is quoted. */
  quiet?: boolean;
}

/** Writes every file of a release whose tables are built: what changed, what it says of itself, the manifest. */
export async function makeRelease(
  dataset: Dataset,
  facts: ReleaseFacts & { version: string },
  tables: readonly Artifact[],
  since: Since | undefined,
  workspace: Workspace,
  formats?: readonly Format[],
): Promise<Artifact[]> {
  if (!since) return finishRelease(dataset, facts, tables, workspace, formats);
  const { difference, old, now, skipped } = since;
  const { version: to, commit, date, generator } = facts;
  const { layout } = now.shape.package;
  const head = {
    ...{ from: since.version, to, commit, date, generator },
    ...(layout === old.shape.package.layout ? {} : { layout }),
    documents: changedDocuments(old, now),
    ...(skipped ? { previous: skipped } : {}),
  };
  if (since.quiet) {
    const nothing = { level: difference.level, schema: [], tables: {} };
    const changes = await writeChanges({ ...head, documents: {}, removed: true }, nothing, workspace, workspace);
    const markdown = `# ${to}\n\nSince ${since.version}: **${difference.level}**. ${since.version} was removed, so what is different from it is not listed.\n`;
    return finishRelease(dataset, facts, [...tables, changes, await writeText(workspace, "CHANGES.md", markdown)], workspace, formats);
  }
  const changes = await writeChanges(head, difference, since.spools ?? workspace, workspace);
  const plans = plansOf(dataset.schema);
  const labels = await labelsOf(difference, plans, [now.read]);
  const heading = { title: to, since: since.version, everything: "changes.json", ...(skipped ? { skipped: skipped.version } : {}) };
  const markdown = changesMarkdown(heading, difference, plans, labels);
  return finishRelease(dataset, facts, [...tables, changes, await writeText(workspace, "CHANGES.md", markdown)], workspace, formats);
}
