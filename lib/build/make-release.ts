import { CHANGES_FILE, CHANGES_TEXT_FILE } from "../contract/release-files.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { Artifact, Workspace } from "../ports/ports.ts";
import type { ChangesHead } from "../release/changes-file.ts";
import { changesMarkdown } from "../release/changes-markdown.ts";
import type { Difference } from "../release/difference.ts";
import type { BuiltTables, UnfinishedRelease } from "./build-dataset.ts";
import { changedDocuments } from "./changed-documents.ts";
import { finishRelease } from "./finish-release.ts";
import { type ReleaseSide, releasePlans } from "./release-side.ts";
import { tableLabels } from "./table-labels.ts";
import { writeChanges } from "./write-changes.ts";
import { writeText } from "./write-text.ts";

/** The base of a new release, and the difference. */
export interface Since {
  version: string;
  old: ReleaseSide;
  now: ReleaseSide;
  difference: Difference;
  /** The workspace with the lists of the difference. Default: the workspace of the release. */
  spools?: Workspace;
  /** The previous release, if it is not the base. */
  skipped?: { version: string; manifest: string };
  /** Column ids differ from the previous release, because types changed. */
  hasRetypedIds?: boolean;
  /** The base was removed: none of its records are quoted. */
  isBaseRemoved?: boolean;
}

/** Writes the remaining files of a release whose tables are built: changes, documents, manifest. */
export async function makeRelease(
  dataset: Dataset,
  facts: UnfinishedRelease & { version: string },
  since: Since | undefined,
  built: BuiltTables,
): Promise<Artifact[]> {
  if (!since) return finishRelease(dataset, facts, built);
  const { tables, workspace } = built;
  const { difference, old, now, skipped } = since;
  const { version: to, commit, date, generator } = facts;
  const { layout } = now.shape.package;
  const head: ChangesHead = {
    ...{ from: since.version, to, commit, date, generator },
    ...(layout === old.shape.package.layout ? {} : { layout }),
    ...(!now.formats || now.formats.join() === old.formats?.join() ? {} : { formats: now.formats }),
    documents: changedDocuments(old, now),
    ...(skipped ? { previous: skipped } : {}),
  };
  if (since.isBaseRemoved) {
    const nothing = { level: difference.level, schema: [], tables: {} };
    const changes = await writeChanges({ ...head, documents: {}, removed: true }, nothing, workspace, workspace);
    const markdown = `# ${to}\n\nSince ${since.version}: **${difference.level}**. ${since.version} was removed, so what is different from it is not listed.\n`;
    return finishRelease(dataset, facts, {
      ...built,
      tables: [...tables, changes, await writeText(workspace, CHANGES_TEXT_FILE, markdown)],
    });
  }
  // Column ids, except of retyped columns, continue from the previous release, which users of the changes may not have.
  if ((skipped || since.hasRetypedIds) && facts.icebergBefore) head.iceberg = facts.icebergBefore;
  const changes = await writeChanges(head, difference, since.spools ?? workspace, workspace);
  const plans = releasePlans(dataset.schema);
  const labels = await tableLabels(difference, plans, [now.read]);
  const heading = { title: to, since: since.version, everything: CHANGES_FILE, ...(skipped ? { skipped: skipped.version } : {}) };
  const markdown = changesMarkdown(heading, difference, plans, labels);
  return finishRelease(dataset, facts, { ...built, tables: [...tables, changes, await writeText(workspace, CHANGES_TEXT_FILE, markdown)] });
}
