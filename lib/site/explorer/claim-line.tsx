import { byOf, type Claim, type ExplorerModel, hrefOf, rankWord } from "./explorer-model.ts";

/** The rank of a contradicting row, as the end of its line. */
export const claimRank = ({ preferred, deprecated }: Claim): string => {
  const word = rankWord({ isPreferred: preferred, isDeprecated: deprecated });
  return word === undefined ? "" : `, ${word}`;
};

export const ClaimLine = ({ model, claim }: { model: ExplorerModel; claim: Claim }) => (
  <span class="claim">
    <span class="hidden">contradicted by </span>
    <span class="neq" aria-hidden="true">
      ≠
    </span>{" "}
    <a href={hrefOf(model.table, claim.id)}>
      {byOf(model, claim.source)}: {claim.text}
    </a>
    {claimRank(claim)}
  </span>
);
