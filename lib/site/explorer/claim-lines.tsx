import { claimCount } from "./claim-count.ts";
import { ClaimLine } from "./claim-line.tsx";
import { counted } from "./counted.ts";
import type { ExplorerModel, Row } from "./explorer-model.ts";
import { PreciseLine } from "./precise-line.tsx";
import { PreciseLines } from "./precise-lines.tsx";
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
  const { claims = [] } = row;
  const more = claimCount(row, "claims") - most;
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
      <PreciseLines model={model} row={row} {...(addressOf ? { addressOf } : {})} />
    </>
  );
};
