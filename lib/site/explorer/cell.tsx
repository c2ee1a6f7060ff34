import { ClaimLine } from "./claims.tsx";
import { LevelGlyph, ToneGlyph } from "./glyphs.tsx";
import { type ExplorerColumn, type ExplorerModel, type Row, rankWord, slugOf } from "./model.ts";

/** Contradicting rows that a cell names; the details name more. */
const CLAIMS_SHOWN = 3;

/** A value. A deprecated one is struck out, and named as such for screen readers. */
export const ValueText = ({ text, row }: { text: string; row: Row }) =>
  row.isDeprecated ? (
    <>
      <s class="said">{text}</s>
      <span class="hidden"> (deprecated)</span>
    </>
  ) : (
    <span class="said">{text}</span>
  );

export const Cell = ({ model, column, text, row }: { model: ExplorerModel; column: ExplorerColumn; text: string; row: Row }) => {
  const facet = model.facets.findIndex(({ role }) => role === column.kind);
  const value = facet < 0 ? undefined : model.facets[facet]?.values[row.in[facet] as number];
  if (column.kind === "status" && value?.tone)
    return (
      <span class={`tone ${value.tone}`}>
        <ToneGlyph tone={value.tone} /> {text}
      </span>
    );
  if (column.kind === "certainty" && value?.level !== undefined)
    return (
      <span class="level">
        <LevelGlyph level={value.level} /> {text}
      </span>
    );
  const slug = column.kind === "subject" && model.subjects !== undefined && value ? slugOf(value.value) : undefined;
  if (slug !== undefined) return <a href={`${model.subjects}${slug}/`}>{text}</a>;
  if (column.kind === "link" && /^https?:\/\//i.test(text)) return <a href={text}>{text}</a>;
  if (column.kind === "rank" && rankWord(row)) return <strong>{text}</strong>;
  if (column.kind !== "value") return <>{text}</>;
  const claims = row.claims ?? [];
  const count = row.claimCount ?? claims.length;
  return (
    <>
      {row.tone && !row.isDeprecated ? (
        <span class={`tone ${row.tone}`}>
          <ToneGlyph tone={row.tone} />{" "}
        </span>
      ) : null}
      <ValueText text={text} row={row} />
      {claims.slice(0, CLAIMS_SHOWN).map((claim) => (
        <ClaimLine key={claim.id} model={model} claim={claim} />
      ))}
      {count > CLAIMS_SHOWN ? <span class="claim">and {count - CLAIMS_SHOWN} more</span> : null}
    </>
  );
};
