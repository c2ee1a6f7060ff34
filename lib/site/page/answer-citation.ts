import { statementCitation } from "../explorer/row-citation.ts";
import { standingRows } from "../explorer/standing-rows.ts";
import { answerGroups, NAMED } from "./answer-sentences.ts";
import type { SubjectPage } from "./release-page.ts";

/** The answer about a subject in one citation: its statements with their sources, the release and a permanent address. `site`: prefix of the path. */
export function answerCitation({ model, about, label, key }: SubjectPage, site: string): string | undefined {
  const said = answerGroups(about).flatMap(({ rows }) => standingRows(rows).slice(0, NAMED));
  const subject = model.facets.find(({ role }) => role === "subject");
  if (!model.cite || !subject || said.length === 0) return undefined;
  const rows = `?${new URLSearchParams({ [subject.name]: key })}#explore`;
  const text = said.map((row) => `${statementCitation(model, row)}.`).join(" ");
  return `${label}: ${text} In: ${model.cite.release}. ${site}${model.cite.path}${rows}`;
}
