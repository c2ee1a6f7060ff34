import type { Changes, RecordChange } from "../../release/compose-changes.ts";
import { counted } from "../explorer/counted.ts";
import { ChangeEntry, SIGNS } from "./change-entry.tsx";
import { newTablesSentence } from "./new-tables-sentence.ts";
import type { VersionsModel } from "./versions-model.ts";

/** Changes that are shown before a reader asks for more. */
const SHOWN = 12;

export const ChangeList = ({ changes, model }: { changes: Changes; model: VersionsModel }) => {
  const count = (kind: RecordChange["kind"]): number => changes.records.filter((change) => change.kind === kind).length;
  const counts = (["changed", "added", "removed"] as const).filter((kind) => count(kind) > 0);
  if (changes.records.length === 0 && changes.shape.length === 0) return <p>No differences.</p>;
  const news = newTablesSentence(changes, model);
  return (
    <>
      {news === "" ? null : <p>{news}</p>}
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
          <ChangeEntry key={`${change.table} ${change.key}`} change={change} model={model} />
        ))}
      </ul>
      {changes.records.length > SHOWN ? (
        <details>
          <summary>Show {counted(changes.records.length - SHOWN, ["more change", "more changes"])}</summary>
          <ul class="changes">
            {changes.records.slice(SHOWN).map((change) => (
              <ChangeEntry key={`${change.table} ${change.key}`} change={change} model={model} />
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
};
