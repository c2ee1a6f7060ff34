import { useRef, useState } from "preact/hooks";
import { keyAnchor } from "../../contract/record-key.ts";
import type { Value } from "../../formats/cells.ts";
import type { Changes, RecordChange } from "../../release/compose-changes.ts";
import { humanDate } from "../explorer/dates.ts";
import { counted, hrefOf } from "../explorer/model.ts";

export interface ListedVersion {
  version: string;
  date: string | null;
  level: string;
  isNewest?: true;
  /** The release it was compared with, where that is not the one before it. */
  comparedWith?: string;
  /** Why it was withdrawn or removed. */
  withdrawn?: string;
  removed?: string;
}

/** What is needed to speak of the records of a table. */
interface DescribedTable {
  title: string;
  primaryKey: string[];
  /** Fields that name a record. */
  names: string[];
  /** The field that says how a record is ranked. */
  rank?: string;
  /** Field → its title, the tables that it refers to, and titles of its values. */
  fields: Record<string, { title: string; tables: string[]; titles: Record<string, string> }>;
}

/** Plain data, made when the page is written and read again in the browser. */
export interface VersionsModel {
  dataset: string;
  /** Newest first; the last fifty of them. */
  versions: ListedVersion[];
  /** How many there are. */
  total: number;
  changes?: Changes;
  /** Whether it is the page of the first release. */
  isFirst: boolean;
  tables: Record<string, DescribedTable>;
  /** Table → key of a record that others refer to → its label. */
  labels: Record<string, Record<string, string>>;
  /** Of the main table: key of a row → what it is about. */
  main?: string;
  titles: Record<string, string>;
}

export interface VersionsEffects {
  /** What is different from one version to a later one. */
  compare(from: string, to: string): Promise<Changes>;
  allVersions(): Promise<ListedVersion[]>;
}

const SHOWN = 12;

const own = <T,>(record: Record<string, T> | undefined, key: string): T | undefined =>
  record && Object.hasOwn(record, key) ? record[key] : undefined;

/** A value of a field as people read it. */
function inWords(model: VersionsModel, table: string, name: string, value: Value | undefined): string {
  const field = own(own(model.tables, table)?.fields, name);
  const words = (inner: Value | undefined): string => {
    if (inner === undefined || inner === null) return "none";
    if (Array.isArray(inner)) return inner.length === 0 ? "empty" : inner.map(words).join("; ");
    if (typeof inner === "object") return Object.values(inner).map(words).join(", ");
    const text = typeof inner === "boolean" ? (inner ? "yes" : "no") : String(inner);
    const label = field?.tables.flatMap((other) => own(own(model.labels, other), text) ?? [])[0];
    return label ?? own(field?.titles, text) ?? text;
  };
  return words(value);
}

const SIGNS = { changed: "~", added: "+", removed: "−" } as const;
const WORDS = { changed: "Changed", added: "Added", removed: "Removed" } as const;

const Entry = ({ change, model }: { change: RecordChange; model: VersionsModel }) => {
  const table = own(model.tables, change.table);
  const anchor = table ? keyAnchor(table, change.key) : change.key;
  const about = change.record
    ? (table?.names ?? [])
        .flatMap((name) => (change.record?.[name] === undefined ? [] : inWords(model, change.table, name, change.record[name])))
        .join(" · ")
    : ((change.table === model.main ? own(model.titles, anchor) : own(own(model.labels, change.table), change.key)) ?? "");
  const rank = table?.rank === undefined ? undefined : change.record?.[table.rank];
  const isRanked = rank === "preferred" || rank === "deprecated";
  return (
    <li class={`change ${change.kind}`}>
      <span class="kind">
        <span aria-hidden="true">{SIGNS[change.kind]}</span> {WORDS[change.kind]}
      </span>
      <div>
        <p dir="auto">
          {about ? <strong>{about}</strong> : null} {isRanked ? <span class="ranked">{String(rank)}</span> : null}{" "}
          <span class="muted">
            {table?.title ?? change.table} {change.table === model.main ? <a href={hrefOf(change.table, anchor)}>{anchor}</a> : anchor}
            {change.by ? `, replaced by ${change.by}` : ""}
          </span>
        </p>
        {change.fields ? (
          <dl>
            {change.fields.map(({ name, old, now }) => (
              <div key={name}>
                <dt>{own(table?.fields, name)?.title ?? name}</dt>
                <dd>
                  <span class="hidden">from </span>
                  <del>{inWords(model, change.table, name, old)}</del> <span aria-hidden="true">→</span> <span class="hidden">to </span>
                  <ins>{inWords(model, change.table, name, now)}</ins>
                </dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
    </li>
  );
};

const WhatChanged = ({ changes, model }: { changes: Changes; model: VersionsModel }) => {
  const count = (kind: RecordChange["kind"]): number => changes.records.filter((change) => change.kind === kind).length;
  const counts = (["changed", "added", "removed"] as const).filter((kind) => count(kind) > 0);
  if (changes.records.length === 0 && changes.shape.length === 0) return <p>Nothing is different.</p>;
  return (
    <>
      <p class="counts">
        {counts.map((kind) => (
          <span key={kind} class={kind}>
            {SIGNS[kind]} {count(kind)} {kind}
          </span>
        ))}
      </p>
      {changes.shape.length > 0 ? (
        <ul class="shape">
          {changes.shape.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
      <ul class="changes">
        {changes.records.slice(0, SHOWN).map((change) => (
          <Entry key={`${change.table} ${change.key}`} change={change} model={model} />
        ))}
      </ul>
      {changes.records.length > SHOWN ? (
        <details>
          <summary>Show {counted(changes.records.length - SHOWN, ["more change", "more changes"])}</summary>
          <ul class="changes">
            {changes.records.slice(SHOWN).map((change) => (
              <Entry key={`${change.table} ${change.key}`} change={change} model={model} />
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
};

const Choose = ({
  title,
  versions,
  value,
  onChoose,
}: {
  title: string;
  versions: ListedVersion[];
  value: string;
  onChoose(version: string): void;
}) => (
  <label class="choice">
    <span>{title}</span>
    <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
      {versions.map(({ version }) => (
        <option key={version} value={version}>
          {version}
        </option>
      ))}
    </select>
  </label>
);

export const Versions = ({ model, effects }: { model: VersionsModel; effects?: VersionsEffects }) => {
  const [versions, setVersions] = useState(model.versions);
  const [changes, setChanges] = useState(model.changes);
  const [range, setRange] = useState<[from: string, to: string]>([
    model.changes?.from ?? versions[1]?.version ?? "",
    model.changes?.to ?? versions[0]?.version ?? "",
  ]);
  const [said, setSaid] = useState("");
  const asked = useRef(0);
  const there = versions.filter(({ removed }) => removed === undefined);
  const compare = (from: string, to: string): void => {
    const place = (version: string): number => versions.findIndex((each) => each.version === version);
    // The older one first, whichever was chosen as which.
    const [older, newer] = place(from) >= place(to) ? [from, to] : [to, from];
    setRange([older, newer]);
    setChanges(undefined);
    setSaid(`Comparing ${older} and ${newer} …`);
    asked.current += 1;
    const mine = asked.current;
    void effects?.compare(older, newer).then(
      (found) => {
        if (mine !== asked.current) return;
        setChanges(found);
        setSaid(`${counted(found.records.length, ["record differs", "records differ"])} between ${older} and ${newer}.`);
      },
      () =>
        mine === asked.current &&
        setSaid(
          `What is different between ${older} and ${newer} cannot be told: a version between them was removed, or the files could not be read.`,
        ),
    );
  };
  return (
    <div class="versions">
      <div>
        <ol class="history" reversed>
          {versions.map(({ version, date, level, isNewest, withdrawn, removed }) => (
            <li key={version}>
              <a href={`/${model.dataset}/${version}/`}>{version}</a> {isNewest ? <span class="badge">latest</span> : null}
              <span class="muted">{[date ? humanDate(date.slice(0, 10)) : "", level].filter(Boolean).join(" · ")}</span>
              {removed !== undefined ? (
                <span>Removed: {removed}</span>
              ) : withdrawn !== undefined ? (
                <span>Withdrawn: {withdrawn}</span>
              ) : null}
            </li>
          ))}
        </ol>
        {versions.length < model.total ? (
          <button
            type="button"
            class="plain live"
            onClick={() => void effects?.allVersions().then(setVersions, () => setSaid("The list of versions could not be read."))}
          >
            Show all {model.total} versions
          </button>
        ) : null}
        <p>
          <a href={`/${model.dataset}/releases.json`}>releases.json</a> lists them all; <a href={`/${model.dataset}/feed.xml`}>feed.xml</a>{" "}
          tells you of new ones.
        </p>
      </div>
      <div class="compared">
        <div class="ends">
          <h3>What changed{changes ? ` from ${changes.from} to ${changes.to}` : ""}</h3>
          {there.length > 1 ? (
            <div class="choices live">
              <Choose title="From" versions={there} value={range[0]} onChoose={(from) => compare(from, range[1])} />
              <Choose title="To" versions={there} value={range[1]} onChoose={(to) => compare(range[0], to)} />
            </div>
          ) : null}
        </div>
        <p role="status" class={changes ? "hidden" : undefined}>
          {said}
        </p>
        {changes ? (
          <WhatChanged changes={changes} model={model} />
        ) : said === "" ? (
          <p>
            {model.isFirst
              ? `This is the first version: there is nothing to compare it with${model.total > 1 ? " before it" : " yet"}.`
              : [
                  "It is too much for this page: ",
                  <a key="file" href={`/${model.dataset}/${versions[0]?.version}/CHANGES.md`}>
                    CHANGES.md
                  </a>,
                  " says what changed since the version before. ",
                ]}
            {model.isFirst || !there.some(({ version }) => version === range[0]) ? null : (
              <button type="button" class="plain live" onClick={() => compare(...range)}>
                Compare here
              </button>
            )}
          </p>
        ) : null}
      </div>
    </div>
  );
};
