import { rowHref } from "../explorer/row-anchor.ts";
import { statementCitation } from "../explorer/row-citation.ts";
import { standingRows } from "../explorer/standing-rows.ts";
import { answerCaveats, answerGroups, NAMED } from "./answer-sentences.ts";
import type { SubjectPage } from "./release-page.ts";

/**
 * The answer about a subject in one citation: its statements with their sources and caveats, the release and a permanent address. `site`:
 * prefix of the path.
 */
export function answerCitation({ model, about, label, key }: SubjectPage, site: string): string | undefined {
  const groups = answerGroups(about);
  const said = groups.flatMap(({ rows }) => {
    const standing = standingRows(rows);
    return [...standing.slice(0, NAMED).map((row) => `${statementCitation(model, row)}.`), ...answerCaveats(model, standing)];
  });
  const subject = model.facets.find(({ role }) => role === "subject");
  const first = groups[0]?.rows[0];
  if (!model.cite || !subject || !first || said.length === 0) return undefined;
  // A filter has a limited number of values.
  const isFiltered = subject.values.some(({ value }) => value === key);
  const rows = isFiltered ? `?${new URLSearchParams({ [subject.name]: key })}#explore` : rowHref(model.table, first.id);
  return `${label}: ${said.join(" ")} In: ${model.cite.release}. ${site}${model.cite.path}${rows}`;
}
