import { keyAnchor } from "../../contract/key-anchor.ts";
import type { RecordChange } from "../../release/compose-changes.ts";
import { counted } from "../explorer/counted.ts";
import { rowHref } from "../explorer/row-anchor.ts";
import { FIRST_CHANGED_VALUES } from "../limits.ts";
import { changedParts } from "./changed-parts.ts";
import { columnTitle, columnValueText } from "./column-value-text.ts";
import { ownValue } from "./own-value.ts";
import type { VersionsModel } from "./versions-model.ts";

export const SIGNS = { changed: "~", added: "+", removed: "−" } as const;
const WORDS = { changed: "Changed", added: "Added", removed: "Removed" } as const;

export const ChangeSign = ({ kind }: Pick<RecordChange, "kind">) => (
  <span class="kind">
    <span aria-hidden="true">{SIGNS[kind]}</span> {WORDS[kind]}
  </span>
);

/** What a change is about: the record's own words, or the title of a row that the page knows. */
function subjectOf({ table: name, key, record }: RecordChange, model: VersionsModel, anchor: string): string {
  if (!record) {
    const [column, second] = ownValue(model.tables, name)?.primaryKey ?? [];
    // A key that refers to a record of another table has its label.
    const named = column === undefined || second !== undefined ? key : columnValueText(model, name, column, key);
    const known = name === model.main ? ownValue(model.titles, anchor) : ownValue(ownValue(model.labels, name), key);
    return known ?? (named === key ? "" : named);
  }
  const names = ownValue(model.tables, name)?.names ?? [];
  return names.flatMap((column) => (record[column] === undefined ? [] : columnValueText(model, name, column, record[column]))).join(" · ");
}

type ChangedValues = NonNullable<RecordChange["fields"]>;

const ChangedValueList = ({ change, fields, model }: { change: RecordChange; fields: ChangedValues; model: VersionsModel }) => (
  <dl>
    {fields.map(({ name, old, now }) => {
      const [removed, added] = changedParts(old, now);
      // A missing old value is not struck out.
      const isNew = old === undefined || old === null;
      return (
        <div key={name}>
          <dt>{columnTitle(model, change.table, name)}</dt>
          <dd>
            {removed === undefined || isNew ? null : (
              <>
                <span class="hidden">from </span>
                <del>{columnValueText(model, change.table, name, removed)}</del>
              </>
            )}
            {added === undefined ? null : (
              <>
                {removed === undefined || isNew ? null : <span aria-hidden="true"> → </span>}
                <span class="hidden">{isNew ? "new: " : "to "}</span>
                <ins>{columnValueText(model, change.table, name, added)}</ins>
              </>
            )}
          </dd>
        </div>
      );
    })}
  </dl>
);

/** The changed values of a record; those after the first are folded. */
const AllChangedValues = ({ change, fields, model }: { change: RecordChange; fields: ChangedValues; model: VersionsModel }) => {
  const more = fields.slice(FIRST_CHANGED_VALUES);
  return (
    <>
      <ChangedValueList change={change} fields={fields.slice(0, FIRST_CHANGED_VALUES)} model={model} />
      {more.length > 0 ? (
        <details>
          <summary>{counted(more.length, ["more changed column", "more changed columns"])}</summary>
          <ChangedValueList change={change} fields={more} model={model} />
        </details>
      ) : null}
    </>
  );
};

export const ChangeEntry = ({ change, model }: { change: RecordChange; model: VersionsModel }) => {
  const table = ownValue(model.tables, change.table);
  const anchor = table ? keyAnchor(table, change.key) : change.key;
  const subject = subjectOf(change, model, anchor);
  const rank = table?.rank === undefined ? undefined : change.record?.[table.rank];
  // A label replaces a key made of references only.
  const isNamed = subject !== "" && table?.names.join() === table?.primaryKey.join();
  const isRanked = rank === "preferred" || rank === "deprecated";
  return (
    <li class={`change ${change.kind}`}>
      <ChangeSign kind={change.kind} />
      <div>
        <p dir="auto">
          {subject ? <strong>{subject}</strong> : null} {isRanked ? <span class="ranked">{String(rank)}</span> : null}{" "}
          <span class="muted">
            {table?.title ?? change.table}{" "}
            {change.table === model.main ? <a href={rowHref(change.table, anchor)}>{anchor}</a> : isNamed ? "" : anchor}
            {change.by ? `, replaced by ${change.by}` : ""}
          </span>
        </p>
        {change.fields ? <AllChangedValues change={change} fields={change.fields} model={model} /> : null}
      </div>
    </li>
  );
};
