import { cellOf } from "../explorer/cell-of.ts";
import { humanDate } from "../explorer/human-date.ts";
import { statementSentences } from "./answer-sentences.ts";
import type { CardPage } from "./card-page.ts";
import { pinnedPath } from "./pinned-path.ts";

/**
 * An embeddable statement: a quotation with links only, because content management systems remove frames, scripts and styles. `site`:
 * prefix of each path.
 */
export const Embed = ({ page, site }: { page: CardPage; site: string }) => {
  const { title, version, date, licenses, model, row } = page;
  const [said = "", ...more] = statementSentences(model, row);
  const url = model.sources[row.sources?.[0]?.[0] ?? -1]?.url;
  return (
    <blockquote cite={`${site}${pinnedPath(page)}`}>
      <p>
        <a href={`${site}${page.path}`}>{cellOf(model, row, "subject")}</a>: {[said, ...more].join(" ")}
        {url ? (
          <>
            {" "}
            <a href={url}>Source</a>
          </>
        ) : null}
      </p>
      <p>
        {title}, <a href={`${site}${pinnedPath(page)}`}>version {version}</a>
        {date ? `, ${humanDate(date.slice(0, 10))}` : ""}
        {licenses.length > 0 ? `. ${licenses.map(({ name }) => name).join(", ")}` : ""}
      </p>
    </blockquote>
  );
};
