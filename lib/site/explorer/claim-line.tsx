import type { Claim, ExplorerModel } from "./explorer-model.ts";
import { rankWord } from "./rank-word.ts";
import { rowHref } from "./row-anchor.ts";
import { sourceName } from "./source-name.ts";

/** The rank of a contradicting row, at the end of its line. */
export const claimRank = ({ preferred, deprecated, replaced }: Claim): string => {
  const word = rankWord({ isPreferred: preferred, isDeprecated: deprecated, isReplaced: replaced });
  return word === undefined ? "" : `, ${word}`;
};

export const ClaimLine = ({ model, claim, href }: { model: ExplorerModel; claim: Claim; href?: string }) => (
  <span class="claim">
    <span class="hidden">contradicted by </span>
    <span class="neq" aria-hidden="true">
      ≠
    </span>{" "}
    <a href={href ?? rowHref(model.table, claim.id)}>
      {sourceName(model, claim.source)}: {claim.text}
    </a>
    {claimRank(claim)}
  </span>
);
