import { humanDate } from "../explorer/human-date.ts";
import type { RecordPage } from "./record-page.ts";

/** The dataset, the record's name, and its fields. */
export const RecordHead = ({ page }: { page: RecordPage }) => (
  <>
    <p class="crumbs">
      <a href={`/${page.name}/`}>{page.title}</a>, version {page.version}
      {page.date ? `, ${humanDate(page.date.slice(0, 10))}` : ""}
    </p>
    <h1 dir="auto">{page.label}</h1>
    <dl class="facts">
      {page.fields.map(({ title, text, isLink }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd dir="auto">{isLink ? <a href={text}>{text}</a> : text}</dd>
        </div>
      ))}
    </dl>
  </>
);
