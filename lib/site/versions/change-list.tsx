import { useState } from "preact/hooks";
import { CHANGES_TEXT_FILE } from "../../contract/release-files.ts";
import type { RecordChange } from "../../release/compose-changes.ts";
import { counted } from "../explorer/counted.ts";
import { FIRST_CHANGES, LISTED_KINDS } from "../limits.ts";
import { ChangeEntry, ChangeSign, SIGNS } from "./change-entry.tsx";
import { columnTitle, columnValueText } from "./column-value-text.ts";
import { countText } from "./count-text.ts";
import { type ChangeGroup, type GroupedChanges, isFoldedGroup } from "./group-changes.ts";
import { newsSentence } from "./news-sentence.ts";
import { shapeLines } from "./shape-lines.ts";
import type { VersionsModel } from "./versions-model.ts";

/** Changes that are added when a reader asks for more. */
const PORTION = 50;
/** Longer values of a group are not named in its line. */
const MAX_VALUE = 40;

interface ChangeListProps {
  changes: GroupedChanges;
  model: VersionsModel;
  /** Fetches the records that the page leaves out. Missing without scripts. */
  onLoad?(): void;
}

const keyOf = ({ kind, table, fields }: ChangeGroup): string => [kind, table, ...fields].join(" ");

/** Some of the records, and a button for more. */
const Entries = ({
  model,
  records,
  total,
  first,
  onLoad,
}: {
  model: VersionsModel;
  records: readonly RecordChange[];
  total: number;
  first: number;
  onLoad: (() => void) | undefined;
}) => {
  const [shown, setShown] = useState(first);
  const more = (): void => {
    if (records.length < total) onLoad?.();
    setShown(shown + PORTION);
  };
  return (
    <>
      <ul class="changes" hidden={shown === 0}>
        {records.slice(0, shown).map((change) => (
          <ChangeEntry key={`${change.table} ${change.key}`} change={change} model={model} />
        ))}
      </ul>
      {total > Math.min(shown, records.length) ? (
        <button type="button" class="plain live" onClick={more}>
          Show {counted(total - Math.min(shown, records.length), ["more change", "more changes"])}
        </button>
      ) : null}
    </>
  );
};

/** What the records of a group have in common: the table, the changed columns, and their values if all are equal. */
function groupText({ kind, table, fields, same, count }: ChangeGroup, model: VersionsModel): string {
  const title = countText(count, table, model);
  if (kind !== "changed") return title;
  const named = fields.map((name) => {
    const change = same.find((each) => each.name === name);
    const [old, now] = change ? [change.old, change.now].map((value) => columnValueText(model, table, name, value)) : [];
    const isShort = old !== undefined && now !== undefined && Math.max(old.length, now.length) <= MAX_VALUE;
    return `${columnTitle(model, table, name)}${isShort ? ` (${old} → ${now})` : ""}`;
  });
  return `${title}: ${named.join(", ")}`;
}

/** Many changes of one kind: what they have in common, and each of them once a reader asks. */
const FoldedGroup = ({ group, model, file, onLoad }: Omit<ChangeListProps, "changes"> & { group: ChangeGroup; file: string }) => {
  const [isOpen, setOpen] = useState(false);
  const open = (isNow: boolean): void => {
    if (isNow && !group.records) onLoad?.();
    setOpen(isNow);
  };
  return (
    <li class={`change ${group.kind}`}>
      <ChangeSign kind={group.kind} />
      <details onToggle={(event) => open(event.currentTarget.open)}>
        <summary dir="auto">{groupText(group, model)}</summary>
        {isOpen && group.records ? (
          <Entries model={model} records={group.records} total={group.count} first={PORTION} onLoad={undefined} />
        ) : (
          <p>
            <a href={file}>CHANGES.md</a> lists each.
          </p>
        )}
      </details>
    </li>
  );
};

const FoldedGroups = ({ groups, ...shared }: Omit<ChangeListProps, "changes"> & { groups: readonly ChangeGroup[]; file: string }) =>
  groups.length === 0 ? null : (
    <ul class="changes">
      {groups.map((group) => (
        <FoldedGroup key={keyOf(group)} group={group} {...shared} />
      ))}
    </ul>
  );

/** Changes of columns, files and descriptions. */
const Shape = ({ lines }: { lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <ul class="shape">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );

export const ChangeList = ({ changes, model, onLoad }: ChangeListProps) => {
  const { groups, shape } = changes;
  /** The records of each table with changes of a kind. */
  const countsOf = (kind: RecordChange["kind"]): string => {
    const counts = new Map<string, number>();
    for (const group of groups) if (group.kind === kind) counts.set(group.table, (counts.get(group.table) ?? 0) + group.count);
    return [...counts].map(([table, count]) => countText(count, table, model)).join(", ");
  };
  if (groups.length === 0 && shape.length === 0) return <p>No differences.</p>;
  const news = newsSentence(changes, model);
  const file = `/${model.dataset}/${changes.to}/${CHANGES_TEXT_FILE}`;
  const shared = { model, file, ...(onLoad ? { onLoad } : {}) };
  const folded = groups.filter(isFoldedGroup);
  const others = groups.filter((group) => !isFoldedGroup(group));
  const total = others.reduce((sum, group) => sum + group.count, 0);
  // A change of a record takes about twice the space of a line.
  const first = FIRST_CHANGES / 2;
  const kinds = FIRST_CHANGES - Math.min(first, total);
  const lines = shapeLines(shape, model);
  // One more line takes no more space than the label that would fold it.
  const openly = lines.length === FIRST_CHANGES + 1 ? lines.length : FIRST_CHANGES;
  return (
    <>
      {news === "" ? null : <p>{news}</p>}
      <p class="counts">
        {(["changed", "added", "removed"] as const).map((kind) =>
          countsOf(kind) ? (
            <span key={kind} class={kind}>
              {SIGNS[kind]} {countsOf(kind)} {kind}
            </span>
          ) : null,
        )}
      </p>
      <Entries
        key={`${changes.from} ${changes.to}`}
        model={model}
        records={others.flatMap(({ records = [] }) => records)}
        total={total}
        first={first}
        onLoad={onLoad}
      />
      {total > first ? (
        <p class="dead">
          <a href={file}>CHANGES.md</a> lists all changes.
        </p>
      ) : null}
      <FoldedGroups {...shared} groups={folded.slice(0, kinds)} />
      {folded.length > kinds ? (
        <details>
          <summary>{counted(folded.length - kinds, ["more kind of change", "more kinds of change"])}</summary>
          <FoldedGroups {...shared} groups={folded.slice(kinds, LISTED_KINDS)} />
          {folded.length > LISTED_KINDS ? (
            <p>
              {counted(folded.length - LISTED_KINDS, ["other is in", "others are in"])} <a href={file}>CHANGES.md</a>.
            </p>
          ) : null}
        </details>
      ) : null}
      <Shape lines={lines.slice(0, openly)} />
      {lines.length > openly ? (
        <details>
          <summary>{counted(lines.length - openly, ["more change", "more changes"])} of columns and files</summary>
          <Shape lines={lines.slice(openly)} />
        </details>
      ) : null}
    </>
  );
};
