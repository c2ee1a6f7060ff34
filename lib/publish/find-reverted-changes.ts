import { compareReleases } from "../build/compare-releases.ts";
import { recordLines } from "../build/record-lines.ts";
import { type ReleaseSide, releasePlans } from "../build/release-side.ts";
import { recordKey } from "../contract/record-key.ts";
import type { JsonRecord } from "../formats/value.ts";
import type { Workspace } from "../ports/ports.ts";
import type { Change, ChangeListName, Difference } from "../release/difference.ts";

/** Maximum changes listed; the rest are only counted. */
const MAX_CHANGES = 3;

/** Identifies a schema change by its kind and by what it is about: its sentence without the old and the new value. */
const key = ({ kind, change }: Change): string => `${kind}\n${change.replace(/ was .*/s, "")}`;

/** Key of a change, equal in all comparisons with the same release → text for messages. */
type ChangeTexts = Map<string, string>;

/**
 * Finds the changes of an intermediate release that the tip reverts to the published state. `openPublished` opens the newest published
 * release. Without it, nothing is published yet, and everything that the tip lacks counts as reverted, except files and columns under a new
 * major version.
 */
export async function findRevertedChanges(
  openPublished: ((workspace: Workspace) => Promise<ReleaseSide>) | undefined,
  between: ReleaseSide,
  tip: ReleaseSide,
  { openWorkspace, isNewMajor }: { openWorkspace: () => Promise<Workspace>; isNewMajor: boolean },
): Promise<{ changes: string[]; count: number }> {
  const opened: Workspace[] = [];
  const open = async (): Promise<Workspace> => {
    const workspace = await openWorkspace();
    opened.push(workspace);
    return workspace;
  };
  const changesBetween = async (old: ReleaseSide, now: ReleaseSide): Promise<ChangeTexts> => {
    const spools = await open();
    return changesOf(await compareReleases(old, now, spools), now, spools);
  };
  try {
    const found = openPublished
      ? await revertedSince(await openPublished(await open()), between, tip, changesBetween)
      : await lostAtTip(between, tip, { open, isNewMajor });
    return { changes: found.slice(0, MAX_CHANGES), count: found.length };
  } finally {
    for (const workspace of opened) await workspace.discard();
  }
}

async function revertedSince(
  published: ReleaseSide,
  between: ReleaseSide,
  tip: ReleaseSide,
  changesBetween: (old: ReleaseSide, now: ReleaseSide) => Promise<ChangeTexts>,
): Promise<string[]> {
  const kept = await changesBetween(published, tip);
  const changed = await changesBetween(published, between);
  const isSameSchema = JSON.stringify(published.shape.schema) === JSON.stringify(tip.shape.schema);
  const isReverted = ([changeKey, text]: [string, string]): boolean =>
    !kept.has(changeKey) && !isLeftOut(changeKey, text, isSameSchema, [...kept.values()]);
  return [...changed].filter(isReverted).map(([, text]) => text);
}

/** Whether the tip has this change, too, but a comparison does not list it, because it lists another one of the same column or schema. */
function isLeftOut(changeKey: string, text: string, isSameSchema: boolean, kept: readonly string[]): boolean {
  const [kind] = changeKey.split("\n", 1);
  if (kind === "rules-changed") return !isSameSchema;
  if (kind !== "column-described") return false;
  const column = text.replace(/is described otherwise$/, "");
  return kept.some((change) => change.startsWith(column));
}

const LOST = new Set(["file-gone", "column-gone", "value-gone"]);

async function lostAtTip(
  between: ReleaseSide,
  tip: ReleaseSide,
  { open, isNewMajor }: { open: () => Promise<Workspace>; isNewMajor: boolean },
): Promise<string[]> {
  const difference = await compareReleases(between, tip, await open());
  // A new major version announces removed files and columns, but not removed records.
  const shapes = isNewMajor ? [] : difference.schema.filter(({ kind }) => LOST.has(kind)).map(({ change }) => change);
  const records = Object.entries(difference.tables).flatMap(([table, { removed, replaced, counts }]) => {
    const named = [...removed, ...replaced].map((record) => `${table}: ${record.key}`);
    return [...named, ...new Array<string>(counts.removed + counts.replaced - named.length).fill(`${table}: another`)];
  });
  return [...shapes, ...records];
}

async function changesOf({ schema, tables }: Difference, now: ReleaseSide, spools: Workspace): Promise<ChangeTexts> {
  const changes: ChangeTexts = new Map(schema.map((change) => [key(change), change.change]));
  for (const plan of releasePlans(now.shape.schema)) {
    const names = tables[plan.name]?.spools ?? {};
    const read = async function* <T>(list: ChangeListName): AsyncGenerator<T> {
      const name = names[list];
      if (name !== undefined) for await (const line of recordLines(spools.read(name))) yield JSON.parse(line) as T;
    };
    const add = (record: string, property = ""): void =>
      void changes.set(JSON.stringify([plan.name, record, property]), `${plan.name}: ${record}${property && `, ${property}`}`);
    for await (const record of read<JsonRecord>("added")) add(recordKey(plan, record));
    for (const list of ["removed", "replaced"] as const) for await (const { key } of read<{ key: string }>(list)) add(key);
    for await (const { key, fields } of read<{ key: string; fields: object }>("changed"))
      for (const property of Object.keys(fields)) add(key, property);
  }
  return changes;
}
