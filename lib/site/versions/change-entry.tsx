import { keyAnchor } from "../../contract/key-anchor.ts";
import type { Value } from "../../formats/cell-text.ts";
import type { RecordChange } from "../../release/compose-changes.ts";
import { rowHref } from "../explorer/row-anchor.ts";
import type { VersionsModel } from "./versions-model.ts";

const own = <T,>(record: Record<string, T> | undefined, key: string): T | undefined =>
  record && Object.hasOwn(record, key) ? record[key] : undefined;

/** A value of a field as text for readers. */
function valueText(model: VersionsModel, table: string, name: string, value: Value | undefined): string {
  const field = own(own(model.tables, table)?.fields, name);
  const scalar = (inner: string | number | boolean): string => {
    const text = typeof inner === "boolean" ? (inner ? "yes" : "no") : String(inner);
    const label = field?.tables.flatMap((other) => own(own(model.labels, other), text) ?? [])[0];
    return label ?? own(field?.titles, text) ?? text;
  };
  const words = (inner: Value | undefined): string => {
    if (inner === undefined || inner === null) return "none";
    if (Array.isArray(inner)) return inner.length === 0 ? "empty" : inner.map(words).join("; ");
    return typeof inner === "object" ? Object.values(inner).map(words).join(", ") : scalar(inner);
  };
  return words(value);
}

export const SIGNS = { changed: "~", added: "+", removed: "−" } as const;
const WORDS = { changed: "Changed", added: "Added", removed: "Removed" } as const;

/** What a change is about: the record's own words, or the title of a row that the page knows. */
function subjectOf({ table: name, key, record }: RecordChange, model: VersionsModel, anchor: string): string {
  if (!record) return (name === model.main ? own(model.titles, anchor) : own(own(model.labels, name), key)) ?? "";
  const names = own(model.tables, name)?.names ?? [];
  return names.flatMap((field) => (record[field] === undefined ? [] : valueText(model, name, field, record[field]))).join(" · ");
}

const Fields = ({ change, model }: { change: RecordChange; model: VersionsModel }) => {
  const table = own(model.tables, change.table);
  return (
    <dl>
      {change.fields?.map(({ name, old, now }) => (
        <div key={name}>
          <dt>{own(table?.fields, name)?.title ?? name}</dt>
          <dd>
            <span class="hidden">from </span>
            <del>{valueText(model, change.table, name, old)}</del> <span aria-hidden="true">→</span> <span class="hidden">to </span>
            <ins>{valueText(model, change.table, name, now)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
};

export const ChangeEntry = ({ change, model }: { change: RecordChange; model: VersionsModel }) => {
  const table = own(model.tables, change.table);
  const anchor = table ? keyAnchor(table, change.key) : change.key;
  const subject = subjectOf(change, model, anchor);
  const rank = table?.rank === undefined ? undefined : change.record?.[table.rank];
  // Labels stand for a key of references alone.
  const isNamed = subject !== "" && table?.names.join() === table?.primaryKey.join();
  const isRanked = rank === "preferred" || rank === "deprecated";
  return (
    <li class={`change ${change.kind}`}>
      <span class="kind">
        <span aria-hidden="true">{SIGNS[change.kind]}</span> {WORDS[change.kind]}
      </span>
      <div>
        <p dir="auto">
          {subject ? <strong>{subject}</strong> : null} {isRanked ? <span class="ranked">{String(rank)}</span> : null}{" "}
          <span class="muted">
            {table?.title ?? change.table}{" "}
            {change.table === model.main ? <a href={rowHref(change.table, anchor)}>{anchor}</a> : isNamed ? "" : anchor}
            {change.by ? `, replaced by ${change.by}` : ""}
          </span>
        </p>
        {change.fields ? <Fields change={change} model={model} /> : null}
      </div>
    </li>
  );
};
