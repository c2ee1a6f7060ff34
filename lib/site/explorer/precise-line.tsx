import { claimRank } from "./claim-line.tsx";
import type { Claim, ExplorerModel } from "./explorer-model.ts";
import { rowHref } from "./row-anchor.ts";
import { sourceName } from "./source-name.ts";

/** A line for a row that replaces another, or agrees with it but has a less or more precise date. */
export const PreciseLine = ({ model, title, claim, href }: { model: ExplorerModel; title: string; claim: Claim; href?: string }) => (
  <span class="precise muted">
    {title}{" "}
    <a href={href ?? rowHref(model.table, claim.id)}>
      {sourceName(model, claim.source)}: {claim.text}
    </a>
    {claimRank(claim)}
  </span>
);
