import { saidSentence } from "../page/answer-sentences.ts";
import { cellOf } from "./cell-of.ts";
import { claimCount } from "./claim-count.ts";
import { counted } from "./counted.ts";
import type { ExplorerModel, Row } from "./explorer-model.ts";
import { rowHref } from "./row-anchor.ts";
import { spokenName } from "./spoken-name.ts";
import { sourcesByReliability } from "./supporting-sources.ts";

/** The cited work, by its title if the title was read in the work. */
function cited(model: ExplorerModel, row: Row): string {
  const { title, by = "", url, isTitleInferred } = model.sources[sourcesByReliability(model, row)[0] ?? -1] ?? {};
  return `${by === "" || isTitleInferred ? "" : `: “${title}”`}${url ? ` (${url})` : ""}`;
}

/** A statement with its source, and whether it is deprecated: a sentence without its full stop. */
export const statementCitation = (model: ExplorerModel, row: Row): string =>
  `${saidSentence(model, row)}${row.isDeprecated ? " (deprecated)" : ""}${cited(model, row)}`;

/** The number of claims that differ, as pages count them, because a citation is read without the page. */
function disputed(row: Row): string {
  const others = claimCount(row, "claims");
  return others === 0 ? "" : `; ${counted(others, ["other claim differs", "other claims differ"])}`;
}

/** A row as a sentence without its full stop. */
export const rowSentence = (model: ExplorerModel, row: Row): string =>
  model.columns.some(({ kind }) => kind === "value")
    ? `${cellOf(model, row, "subject")}: ${statementCitation(model, row)}${disputed(row)}`
    : spokenName(model, row);

/** The citation of a row with its release and address; undefined in a preview. `site`: prefix of the path. */
export function rowCitation(model: ExplorerModel, row: Row, site: string): string | undefined {
  const { cite, table } = model;
  return cite && `${rowSentence(model, row)}. In: ${cite.release}. ${site}${cite.path}${rowHref(table, row.id)}`;
}
