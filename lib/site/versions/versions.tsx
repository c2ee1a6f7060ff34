import { useState } from "preact/hooks";
import type { Value } from "../../export/cells.ts";
import { humanDate } from "../explorer/dates.ts";
import { anchorOf, counted } from "../explorer/model.ts";
import type { Changes, RecordChange } from "./changes.ts";

export interface ListedVersion {
  version: string;
  date: string | null;
  level: string;
  isNewest?: true;
  /** Why it was withdrawn or removed. */
  withdrawn?: string;
  removed?: string;
}

/** Plain data, made when the page is written and read again in the browser. */
export interface VersionsModel {
  dataset: string;
  /** Newest first; the last fifty of them. */
  versions: ListedVersion[];
  /** How many there are. */
  total: number;
  changes?: Changes;
  /** Name of a table → the primary key, and titles of its fields. */
  tables: Record<string, { title: string; primaryKey: string[]; names: string[]; fields: Record<string, string> }>;
  /** Key of a record that others refer to → its label. */
  labels: Record<string, string>;
}

export interface VersionSurroundings {
  /** What is different from one version to a later one. */
  compare(from: string, to: string): Promise<Changes>;
  allVersions(): Promise<ListedVersion[]>;
}

const SHOWN = 12;

function inWords(value: Value | undefined, labels: Record<string, string>): string {
  if (value === undefined || value === null) return "none";
  if (Array.isArray(value)) return value.length === 0 ? "empty" : value.map((item) => inWords(item, labels)).join("; ");
  if (typeof value === "object")
    return Object.values(value)
      .map((inner) => inWords(inner, labels))
      .join(", ");
  return Object.hasOwn(labels, String(value)) ? (labels[String(value)] as string) : typeof value === "string" ? value : String(value);
}

const SIGNS = { changed: "~", added: "+", removed: "−" } as const;
const WORDS = { changed: "Changed", added: "Added", removed: "Removed" } as const;

const Entry = ({ change, model }: { change: RecordChange; model: VersionsModel }) => {
  const table = model.tables[change.table];
  const about = change.record
    ? (table?.names ?? [])
        .map((name) => inWords(change.record?.[name], model.labels))
        .filter((text) => text !== "none")
        .join(" · ")
    : (model.labels[change.key] ?? "");
  return (
    <li class={`change ${change.kind}`}>
      <span class="kind">
        <span aria-hidden="true">{SIGNS[change.kind]}</span> {WORDS[change.kind]}
      </span>
      <div>
        <p dir="auto">
          {about ? <strong>{about}</strong> : null}{" "}
          <span class="muted">
            {table?.title ?? change.table} <a href={`#${anchorOf(change.table, change.key)}`}>{change.key}</a>
            {change.by ? `, replaced by ${change.by}` : ""}
          </span>
        </p>
        {change.fields ? (
          <dl>
            {change.fields.map(({ name, old, now }) => (
              <div key={name}>
                <dt>{table?.fields[name] ?? name}</dt>
                <dd>
                  <del>{inWords(old, model.labels)}</del> <span aria-hidden="true">→</span> <ins>{inWords(now, model.labels)}</ins>
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

export const Versions = ({ model, surroundings }: { model: VersionsModel; surroundings?: VersionSurroundings }) => {
  const [versions, setVersions] = useState(model.versions);
  const [changes, setChanges] = useState(model.changes);
  const [range, setRange] = useState<[from: string, to: string]>([
    model.changes?.from ?? versions[1]?.version ?? "",
    model.changes?.to ?? versions[0]?.version ?? "",
  ]);
  const [said, setSaid] = useState("");
  const there = versions.filter(({ removed }) => removed === undefined);
  const compare = (from: string, to: string): void => {
    const place = (version: string): number => versions.findIndex((each) => each.version === version);
    // The older one first, whichever was chosen as which.
    const [older, newer] = place(from) >= place(to) ? [from, to] : [to, from];
    setRange([older, newer]);
    setSaid(`Comparing ${older} and ${newer} …`);
    void surroundings?.compare(older, newer).then(
      (found) => {
        setChanges(found);
        setSaid(`${counted(found.records.length, ["record differs", "records differ"])} between ${older} and ${newer}.`);
      },
      () => setSaid(`What is different between ${older} and ${newer} could not be read.`),
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
            onClick={() => void surroundings?.allVersions().then(setVersions, () => setSaid("The list of versions could not be read."))}
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
        <p role="status" class="hidden">
          {said}
        </p>
        {changes ? (
          <WhatChanged changes={changes} model={model} />
        ) : (
          <p>
            {model.total > 1
              ? "The differences are in CHANGES.md of each version."
              : "This is the only version: there is nothing to compare it with yet."}
          </p>
        )}
      </div>
    </div>
  );
};
