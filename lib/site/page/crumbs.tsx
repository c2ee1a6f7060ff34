import { humanDate } from "../explorer/human-date.ts";
import type { RecordPage } from "./record-page.ts";

/** The dataset of a page about a part of it, with links to what readers look for next. */
export const Crumbs = ({ page }: { page: Pick<RecordPage, "name" | "title" | "version" | "date" | "report"> }) => (
  <nav class="crumbs" aria-label="Dataset">
    <a href={`/${page.name}/`}>{page.title}</a>, version {page.version}
    {page.date ? `, ${humanDate(page.date.slice(0, 10))}` : ""} · <a href={`/${page.name}/#explore`}>Search</a> ·{" "}
    <a href={`/${page.name}/#use`}>Use the data</a> · <a href={`/${page.name}/#versions`}>Versions</a> ·{" "}
    <a href={page.report.form ?? "#report"}>Report a mistake</a>
  </nav>
);
