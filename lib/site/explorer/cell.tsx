import { ClaimLines } from "./claim-lines.tsx";
import type { ExplorerColumn, ExplorerModel, Row } from "./explorer-model.ts";
import { rankWord } from "./rank-word.ts";
import { subjectAddress } from "./row-addresses.ts";
import { CertaintyGlyph, ToneGlyph } from "./tone-glyph.tsx";

/** Maximum contradicting rows in a cell; the details show more. */
const CLAIMS_SHOWN = 3;

/** A value. A deprecated one is struck out, and announced as such by screen readers. */
export const CellText = ({ text, row }: { text: string; row: Row }) =>
  row.isDeprecated ? (
    <>
      <s class="said">{text}</s>
      <span class="hidden"> (deprecated)</span>
    </>
  ) : (
    <span class="said">{text}</span>
  );

interface CellProps {
  model: ExplorerModel;
  column: ExplorerColumn;
  text: string;
  row: Row;
}

const ValueCell = ({ model, text, row }: CellProps) => (
  <>
    {row.tone && !row.isDeprecated ? (
      <span class={`tone ${row.tone}`}>
        <ToneGlyph tone={row.tone} />{" "}
      </span>
    ) : null}
    <CellText text={text} row={row} />
    <ClaimLines model={model} row={row} most={CLAIMS_SHOWN} />
  </>
);

const SubjectCell = ({ model, row, text }: Pick<CellProps, "model" | "row" | "text">) => {
  const href = subjectAddress(model, row);
  return href === undefined ? text : <a href={href}>{text}</a>;
};

export const Cell = (props: CellProps) => {
  const { model, column, text, row } = props;
  const facet = model.facets.findIndex(({ role }) => role === column.kind);
  const value = facet < 0 ? undefined : model.facets[facet]?.values[row.in[facet] as number];
  switch (column.kind) {
    case "status":
      return value?.tone ? (
        <span class={`tone ${value.tone}`}>
          <ToneGlyph tone={value.tone} /> {text}
        </span>
      ) : (
        text
      );
    case "certainty":
      return value?.level === undefined ? (
        text
      ) : (
        <span class="level">
          <CertaintyGlyph level={value.level} /> {text}
        </span>
      );
    case "subject":
      return <SubjectCell model={model} row={row} text={text} />;
    case "link":
      return /^https?:\/\//i.test(text) ? <a href={text}>{text}</a> : text;
    case "rank":
      return rankWord(row) ? <strong>{text}</strong> : text;
    case "value":
      return <ValueCell {...props} />;
    default:
      return text || null;
  }
};
