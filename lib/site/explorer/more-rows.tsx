import { grouped } from "../../contract/grouped.ts";
import { PAGE_ROWS } from "../limits.ts";
import type { ExplorerModel } from "./explorer-model.ts";
import { pageSlug } from "./page-slug.ts";

/** A button after the first rows that shows all others, and links to the pages of subjects, which have all of them. */
export const MoreRows = ({ model, onShow }: { model: ExplorerModel; onShow(): void }) => {
  const { total, noun } = model;
  const subjects = model.facets.find(({ role }) => role === "subject")?.values ?? [];
  return (
    <nav class="more-rows" aria-label={`More ${noun[1]}`}>
      <p class="live">
        <button type="button" onClick={onShow}>
          {total > PAGE_ROWS ? `Show more ${noun[1]}` : `Show all ${grouped(total)} ${noun[1]}`}
        </button>
      </p>
      <p>
        The first {grouped(model.rows.length)} of {grouped(total)} {noun[1]}. Each is on the page of its subject as well
        {subjects.length > 0 ? ": " : "."}
        {subjects.flatMap(({ value, label, count }, i) => [
          i > 0 ? ", " : "",
          <span key={value}>
            <a href={`${model.subjects}${pageSlug(value)}/`} dir="auto">
              {label}
            </a>{" "}
            ({grouped(count)})
          </span>,
        ])}
      </p>
      <p class="dead muted">
        A link to one of the others, such as <code>#{model.table}-…</code>, needs scripts here. It works on the page of its subject without.
      </p>
    </nav>
  );
};
