import { humanDate } from "../explorer/human-date.ts";
import type { RecordPage } from "./record-page.ts";

/** The dataset, the record's name, and the answer. */
export const RecordHead = ({ page, answer = "" }: { page: RecordPage; answer?: string }) => (
  <>
    <nav class="crumbs" aria-label="Dataset">
      <a href={`/${page.name}/`}>{page.title}</a>, version {page.version}
      {page.date ? `, ${humanDate(page.date.slice(0, 10))}` : ""} · <a href={`/${page.name}/#explore`}>Search</a> ·{" "}
      <a href={`/${page.name}/#use`}>Use the data</a> · <a href={`/${page.name}/#versions`}>Versions</a>
    </nav>
    <h1 dir="auto">{page.label}</h1>
    {answer === "" ? null : (
      <p class="lead" dir="auto">
        {answer}
      </p>
    )}
  </>
);

/** The fields of the record. */
export const RecordFields = ({ page }: { page: RecordPage }) => (
  <dl class="facts">
    {page.fields.map(({ title, parts }) => (
      <div key={title}>
        <dt>{title}</dt>
        <dd dir="auto">
          {parts.map(({ text, href }, i) => [
            i > 0 ? "; " : "",
            href ? (
              <a key={text} href={href}>
                {text}
              </a>
            ) : (
              text
            ),
          ])}
        </dd>
      </div>
    ))}
  </dl>
);
