import { Crumbs } from "./crumbs.tsx";
import type { RecordPage } from "./record-page.ts";

/** The dataset, the record's name, and the answer. */
export const RecordHead = ({ page, answer = "" }: { page: RecordPage; answer?: string }) => (
  <>
    <Crumbs page={page} />
    <h1 dir="auto">{page.label}</h1>
    {answer === "" ? null : (
      <p class="lead" dir="auto">
        {answer}
      </p>
    )}
  </>
);

/** The values of the record. */
export const RecordValues = ({ page }: { page: RecordPage }) => (
  <dl class="facts">
    {page.values.map(({ title, parts }) => (
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
