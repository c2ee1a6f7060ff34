import { grouped } from "../../contract/grouped.ts";
import type { ExplorerModel } from "../explorer/explorer-model.ts";
import { pageSlug } from "../explorer/page-slug.ts";

/** Maximum subjects listed unfolded. */
const UNFOLDED_SUBJECTS = 12;

/** Links to the subjects' pages, which have all rows. */
const SubjectLinks = ({ model }: { model: ExplorerModel }) => {
  const all = model.facets.find(({ role }) => role === "subject")?.values ?? [];
  const subjects = all.filter(({ isWithoutPage }) => !isWithoutPage);
  const links = subjects.flatMap(({ value, label, count }, i) => [
    i > 0 ? ", " : "",
    <a key={value} href={`${model.subjects}${pageSlug(value)}/`} dir="auto">
      {label}
    </a>,
    ` (${grouped(count)})`,
  ]);
  return subjects.length <= UNFOLDED_SUBJECTS ? (
    <p>{links}</p>
  ) : (
    <details>
      <summary>
        {grouped(subjects.length)} pages with all {model.noun[1]}
        {model.withoutPage ? " of these subjects" : ", one for each subject"}
      </summary>
      <p>{links}</p>
    </details>
  );
};

/** Tells where the remaining rows are, until a script shows them. */
export const MoreRows = ({ model }: { model: ExplorerModel }) => {
  const { total, noun, subjects, withoutPage, csv } = model;
  return (
    <nav class="more-rows" aria-label={`More ${noun[1]}`}>
      <p>
        The first {grouped(model.rows.length)} of {grouped(total)} {noun[1]}.{" "}
        {subjects === undefined || withoutPage ? (
          <>
            All of them: <a href={csv}>{csv.split("/").at(-1)}</a>
          </>
        ) : (
          "Each is on the page of its subject as well."
        )}
        {withoutPage ? `. All but ${grouped(withoutPage)} are on the page of their subject as well.` : ""}
      </p>
      {subjects === undefined ? null : <SubjectLinks model={model} />}
    </nav>
  );
};
