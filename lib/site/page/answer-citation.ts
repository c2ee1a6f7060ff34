import { statementCitation } from "../explorer/row-citation.ts";
import { standingRows } from "../explorer/standing-rows.ts";
import { answerCaveats, answerGroups, NAMED } from "./answer-sentences.ts";
import type { SubjectPage } from "./release-page.ts";

/** The answer about a subject in one citation: its statements with their sources and caveats, the release and a permanent address. `site`: prefix of the path. */
export function answerCitation({ model, about, label, key }: SubjectPage, site: string): string | undefined {
  const said = answerGroups(about).flatMap(({ rows }) => {
    const standing = standingRows(rows);
    return [...standing.slice(0, NAMED).map((row) => `${statementCitation(model, row)}.`), ...answerCaveats(model, standing)];
  });
  const subject = model.facets.find(({ role }) => role === "subject");
  if (!model.cite || !subject || said.length === 0) return undefined;
  const rows = `?${new URLSearchParams({ [subject.name]: key })}#explore`;
  return `${label}: ${said.join(" ")} In: ${model.cite.release}. ${site}${model.cite.path}${rows}`;
}
