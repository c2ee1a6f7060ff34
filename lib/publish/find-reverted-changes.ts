import { compareReleases } from "../build/compare-releases.ts";
import { recordLines } from "../build/record-lines.ts";
import { type ReleaseSide, releasePlans } from "../build/release-side.ts";
import { recordKey } from "../contract/record-key.ts";
import type { JsonRecord } from "../formats/value.ts";
import type { Workspace } from "../ports/ports.ts";
import type { Change, ChangeKind, ChangeListName, Difference } from "../release/difference.ts";

/** Maximum changes listed; the rest are only counted. */
const MAX_CHANGES = 3;

/** Identifies a schema change by its kind and by what it is about: its sentence without the old and the new value. */
const key = ({ kind, change }: Change): string => `${kind}\n${change.replace(/ was .*/s, "")}`;

/** Key of a change, equal in all comparisons with the same release → text for messages, and the kind of a schema change. */
type KeyedChanges = Map<string, KeyedChange>;

interface KeyedChange {
  text: string;
  kind?: ChangeKind;
}

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
  const changesBetween = async (old: ReleaseSide, now: ReleaseSide): Promise<KeyedChanges> => {
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
  changesBetween: (old: ReleaseSide, now: ReleaseSide) => Promise<KeyedChanges>,
): Promise<string[]> {
  const kept = await changesBetween(published, tip);
  const changed = await changesBetween(published, between);
  const isReverted = ([changeKey, change]: [string, KeyedChange]): boolean =>
    !kept.has(changeKey) && !isLeftOut(change, kept, { published, tip });
  return [...changed].filter(isReverted).map(([, { text }]) => text);
}

/** Whether the tip has this change, too, but a comparison does not list it, because it lists another one of the same column or schema. */
function isLeftOut(
  { text, kind }: KeyedChange,
  kept: KeyedChanges,
  { published, tip }: { published: ReleaseSide; tip: ReleaseSide },
): boolean {
  if (kind === "rules-changed") return JSON.stringify(published.shape.schema) !== JSON.stringify(tip.shape.schema);
  if (kind !== "column-described") return false;
  const column = text.replace(/is described otherwise$/, "");
  return [...kept.values()].some((change) => change.text.startsWith(column));
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

async function changesOf({ schema, tables }: Difference, now: ReleaseSide, spools: Workspace): Promise<KeyedChanges> {
  const changes: KeyedChanges = new Map(schema.map((change) => [key(change), { text: change.change, kind: change.kind }]));
  for (const plan of releasePlans(now.shape.schema)) {
    const names = tables[plan.name]?.spools ?? {};
    const read = async function* <T>(list: ChangeListName): AsyncGenerator<T> {
      const name = names[list];
      if (name !== undefined) for await (const line of recordLines(spools.read(name))) yield JSON.parse(line) as T;
    };
    const add = (record: string, property = ""): void =>
      void changes.set(JSON.stringify([plan.name, record, property]), { text: `${plan.name}: ${record}${property && `, ${property}`}` });
    for await (const record of read<JsonRecord>("added")) add(recordKey(plan, record));
    for (const list of ["removed", "replaced"] as const) for await (const { key } of read<{ key: string }>(list)) add(key);
    for await (const { key, fields } of read<{ key: string; fields: object }>("changed"))
      for (const property of Object.keys(fields)) add(key, property);
  }
  return changes;
}
