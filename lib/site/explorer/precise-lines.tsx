import { claimCount } from "./claim-count.ts";
import type { ExplorerModel, Row } from "./explorer-model.ts";
import { PreciseLine } from "./precise-line.tsx";

interface PreciseLinesProps {
  model: ExplorerModel;
  row: Row;
  addressOf?(id: string): string;
}

/** Lines for rows that agree with a row, but are less or more precise. */
export const PreciseLines = ({ model, row: { lessPrecise, morePrecise }, row, addressOf }: PreciseLinesProps) => {
  const less = claimCount(row, "lessPrecise");
  const lines = [
    { title: less > 1 ? `${less} less precise, such as` : "Less precise:", claim: lessPrecise?.[0] },
    { title: "More precise:", claim: morePrecise?.[0] },
  ];
  return (
    <>
      {lines.map(({ title, claim }) =>
        claim ? (
          <PreciseLine key={claim.id} model={model} title={title} claim={claim} {...(addressOf ? { href: addressOf(claim.id) } : {})} />
        ) : null,
      )}
    </>
  );
};
