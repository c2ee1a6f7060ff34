import { useEffect, useRef, useState } from "preact/hooks";
import { CHANGES_TEXT_FILE } from "../../contract/release-files.ts";
import type { Changes } from "../../release/compose-changes.ts";
import { counted } from "../explorer/counted.ts";
import { humanDate } from "../explorer/human-date.ts";
import { FIRST_VERSIONS } from "../limits.ts";
import { ChangeList } from "./change-list.tsx";
import { comparisonAddress } from "./comparison-address.ts";
import { type GroupedChanges, groupChanges } from "./group-changes.ts";
import type { ListedVersion, VersionsModel } from "./versions-model.ts";

export interface VersionsEffects {
  /** What is different from one version to a later one. Throws with the reason, in the words of a reader, if that cannot be told. */
  compare(from: string, to: string): Promise<Changes>;
  allVersions(): Promise<ListedVersion[]>;
  /** The versions that the address of the page asks to compare. */
  addressed(): [from: string, to: string] | undefined;
  /** Writes a comparison to the address, over what it compared before. */
  writeAddress(from: string, to: string): void;
}

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

const FAILED = "The changes could not be read. Try again.";

interface ShownComparison {
  range: [from: string, to: string];
  changes: GroupedChanges | undefined;
  /** Announced to screen readers; shown while there is nothing else. */
  status: string;
}

function useComparison(model: VersionsModel, effects: VersionsEffects | undefined) {
  const [versions, setVersions] = useState(model.versions);
  const [comparison, setComparison] = useState<ShownComparison>({
    range: [model.changes?.from ?? versions[1]?.version ?? "", model.changes?.to ?? versions[0]?.version ?? ""],
    changes: model.changes,
    status: "",
  });
  const latest = useRef(0);
  const compare = (a: string, b: string, among: readonly ListedVersion[] = versions): void => {
    const indexOf = (version: string): number => among.findIndex((each) => each.version === version);
    // Versions are listed newest first.
    const [from, to] = indexOf(a) >= indexOf(b) ? [a, b] : [b, a];
    // Two versions stay chosen, although the address may name one that does not exist.
    const range: ShownComparison["range"] = indexOf(to) < 0 ? comparison.range : [from, to];
    setComparison({ range, changes: undefined, status: `Comparing ${from} and ${to} …` });
    latest.current += 1;
    const run = latest.current;
    const settle = (changes: Changes | undefined, status: string): void => {
      if (run === latest.current) setComparison({ range, changes: changes && groupChanges(changes, model.main), status });
    };
    void effects?.compare(from, to).then(
      (found) => settle(found, `${counted(found.records.length, ["record differs", "records differ"])} between ${from} and ${to}.`),
      ({ message }: Error) => settle(undefined, `${from} and ${to} could not be compared: ${message}.`),
    );
  };
  /** Fetches the records that the page leaves out. */
  const load = (): void => {
    const { range, changes } = comparison;
    // Failed requests and damaged files: the records that are shown stay.
    void effects?.compare(...range).then(
      (found) => setComparison((before) => (before.changes === changes ? { ...before, changes: groupChanges(found, model.main) } : before)),
      () => setStatus(FAILED),
    );
  };
  const setStatus = (status: string): void => setComparison((before) => ({ ...before, status }));
  const showAll = (next?: (all: readonly ListedVersion[]) => void): void =>
    // Failed requests and a damaged catalogue: the versions that are listed stay.
    void effects?.allVersions().then(
      (all) => {
        setVersions(all);
        next?.(all);
      },
      () => setStatus("The list of versions could not be read."),
    );
  useEffect(() => {
    const asked = effects?.addressed();
    if (asked) showAll((all) => compare(...asked, all));
  }, [effects]);
  const choose = (a: string, b: string): void => {
    compare(a, b);
    effects?.writeAddress(a, b);
  };
  return { ...comparison, versions, choose, showAll, load };
}

const VersionList = ({ model, versions }: { model: VersionsModel; versions: readonly ListedVersion[] }) => (
  <ol class="history" reversed>
    {versions.map(({ version, date, level, isNewest, summary, withdrawn, removed }) => (
      <li key={version}>
        <a href={`/${model.dataset}/${version}/`}>{version}</a> {isNewest ? <span class="badge">latest</span> : null}
        <span class="muted">{[date ? humanDate(date.slice(0, 10)) : "", level].filter(Boolean).join(" · ")}</span>
        {removed !== undefined ? (
          <span>Removed: {removed}</span>
        ) : withdrawn !== undefined ? (
          <span>Withdrawn: {withdrawn}</span>
        ) : summary ? (
          <span>{summary}</span>
        ) : null}
      </li>
    ))}
  </ol>
);

const History = ({ model, versions, onShowAll }: { model: VersionsModel; versions: ListedVersion[]; onShowAll(): void }) => (
  <div>
    <VersionList model={model} versions={versions.slice(0, FIRST_VERSIONS)} />
    {versions.length > FIRST_VERSIONS ? (
      <details>
        <summary>{counted(versions.length - FIRST_VERSIONS, ["earlier version", "earlier versions"])}</summary>
        <VersionList model={model} versions={versions.slice(FIRST_VERSIONS)} />
      </details>
    ) : null}
    {versions.length < model.total ? (
      <button type="button" class="plain live" onClick={onShowAll}>
        Show all {model.total} versions
      </button>
    ) : null}
  </div>
);

/** Why the page shows no changes. */
const NoChanges = ({
  model,
  newest,
  onCompare,
}: {
  model: VersionsModel;
  newest: string | undefined;
  onCompare: (() => void) | undefined;
}) => (
  <p>
    {model.isFirst
      ? "This is the first version: there is nothing to compare it with."
      : [
          "There are too many changes to show here. ",
          <a key="file" href={`/${model.dataset}/${newest}/${CHANGES_TEXT_FILE}`}>
            CHANGES.md
          </a>,
          " lists what changed since the version before. ",
        ]}
    {model.isFirst || !onCompare ? null : (
      <button type="button" class="plain live" onClick={onCompare}>
        Compare here
      </button>
    )}
  </p>
);

export const Versions = ({ model, effects }: { model: VersionsModel; effects?: VersionsEffects }) => {
  const { range, changes, status, versions, choose, showAll, load } = useComparison(model, effects);
  const readable = versions.filter(({ removed }) => removed === undefined);
  return (
    <div class="versions">
      <History model={model} versions={versions} onShowAll={() => showAll()} />
      <div class="compared" id="comparison">
        <div class="ends">
          <h3>What changed{changes ? ` from ${changes.from} to ${changes.to}` : ""}</h3>
          {readable.length > 1 ? (
            <div class="choices live">
              <Choose title="From" versions={readable} value={range[0]} onChoose={(from) => choose(from, range[1])} />
              <Choose title="To" versions={readable} value={range[1]} onChoose={(to) => choose(range[0], to)} />
            </div>
          ) : null}
        </div>
        <p role="status" class={changes && status !== FAILED ? "hidden" : undefined}>
          {status}
        </p>
        {changes && readable.length > 1 ? (
          <p class="live">
            <a href={comparisonAddress(model.dataset, changes.from, changes.to)}>Link to this comparison</a>{" "}
            <button type="button" class="plain" data-copy={comparisonAddress(model.dataset, changes.from, changes.to)}>
              Copy link
            </button>
          </p>
        ) : null}
        {changes ? (
          <ChangeList changes={changes} model={model} {...(effects ? { onLoad: load } : {})} />
        ) : status === "" ? (
          <NoChanges
            model={model}
            newest={versions[0]?.version}
            onCompare={readable.some(({ version }) => version === range[0]) ? () => choose(...range) : undefined}
          />
        ) : null}
      </div>
    </div>
  );
};
