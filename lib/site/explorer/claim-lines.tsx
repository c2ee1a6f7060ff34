import { claimCount } from "./claim-count.ts";
import { ClaimLine } from "./claim-line.tsx";
import { counted } from "./counted.ts";
import type { ExplorerModel, Row } from "./explorer-model.ts";
import { PreciseLine } from "./precise-line.tsx";
import { rowAddress } from "./row-addresses.ts";

interface ClaimLinesProps {
  model: ExplorerModel;
  row: Row;
  /** Maximum lines of contradicting rows. */
  most: number;
  addressOf?(id: string): string;
}

/** Lines below a value: rows that contradict it, the one that replaces it, and rows that agree but are less or more precise. */
export const ClaimLines = ({ model, row, most, addressOf }: ClaimLinesProps) => {
  const { claims = [], lessPrecise = [] } = row;
  const more = claimCount(row, "claims") - most;
  const less = claimCount(row, "lessPrecise");
  return (
    <>
      {claims.slice(0, most).map((claim) => (
        <ClaimLine key={claim.id} model={model} claim={claim} {...(addressOf ? { href: addressOf(claim.id) } : {})} />
      ))}
      {more > 0 ? (
        <span class="claim muted">
          and <a href={rowAddress(model, row)}>{counted(more, ["more claim", "more claims"])}</a>
        </span>
      ) : null}
      {row.replacedBy ? (
        <PreciseLine
          model={model}
          title="Replaced by:"
          claim={row.replacedBy}
          {...(addressOf ? { href: addressOf(row.replacedBy.id) } : {})}
        />
      ) : null}
      {lessPrecise[0] ? (
        <PreciseLine
          model={model}
          title={less > 1 ? `${less} less precise, such as` : "Less precise:"}
          claim={lessPrecise[0]}
          {...(addressOf ? { href: addressOf(lessPrecise[0].id) } : {})}
        />
      ) : null}
      {row.morePrecise?.[0] ? (
        <PreciseLine
          model={model}
          title="More precise:"
          claim={row.morePrecise[0]}
          {...(addressOf ? { href: addressOf(row.morePrecise[0].id) } : {})}
        />
      ) : null}
    </>
  );
};
