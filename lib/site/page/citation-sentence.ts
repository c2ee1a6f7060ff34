import { NO_ADDRESS } from "../../contract/no-address.ts";
import { cellOf } from "../explorer/cell-of.ts";
import { statementSentences } from "./answer-sentences.ts";
import type { CardPage } from "./card-page.ts";
import { pinnedPath } from "./pinned-path.ts";

/** One sentence: what is said, who says so, and the release that has it. */
export function citationSentence(page: CardPage): string {
  const { title, version, date, authors, env, model, row } = page;
  const [said = ""] = statementSentences(model, row);
  const stated = `${cellOf(model, row, "subject")}: ${said.replace(/\.$/, "")}${row.isDeprecated ? " (deprecated)" : ""}`;
  const release = `${authors.join("; ")} (${date?.slice(0, 4) ?? "n.d."}). ${title} (version ${version}) [data set]`;
  return `${stated}. In: ${release}. ${env.site ?? NO_ADDRESS}${pinnedPath(page)}`;
}
