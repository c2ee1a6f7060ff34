import { grouped } from "../../contract/grouped.ts";
import { counted } from "../explorer/counted.ts";
import { pageSlug } from "../explorer/page-slug.ts";
import type { CitedSource } from "./release-page.ts";

const MANY = 5;

interface SourcesProps {
  sources: CitedSource[];
  noun: [string, string];
  /** Returns the address of the rows that cite a source, if there is a filter for it. */
  only: ((key: string, isDisputed: boolean) => string) | undefined;
  /** Prefix of the slugs of sources, if they have pages. */
  pages: string | undefined;
  /** Returns the address of a row. */
  addressOf(id: string): string;
}

const Count = ({ href, children }: { href: string | undefined; children: string }) => (href ? <a href={href}>{children}</a> : children);

export const Sources = ({ sources, noun, only, pages, addressOf }: SourcesProps) => (
  <ul class="sources">
    {sources.map(({ key, index, title, by, url, rows, disputed, deprecated }) => (
      <li key={key} id={`_source-${index}`} data-source={index}>
        {url ? <a href={url}>{title}</a> : <strong>{title}</strong>}
        {by ? <span class="muted">{by}</span> : null}
        <span>
          {pages === undefined ? null : (
            <>
              <a href={`${pages}${pageSlug(key)}/`}>
                What it says<span class="hidden">: {title}</span>
              </a>
              .{" "}
            </>
          )}
          Cited in <Count href={only?.(key, false)}>{counted(rows, noun)}</Count>
          {disputed > 0 ? (
            <>
              ; <Count href={only?.(key, true)}>{grouped(disputed)}</Count> with conflicting claims
            </>
          ) : null}
          {deprecated.length > 0 ? `; ${grouped(deprecated.length)} deprecated: ` : ""}
          {deprecated.slice(0, MANY).map(({ id, text }, i) => [
            i > 0 ? ", " : "",
            <a key={id} class="neq" href={addressOf(id)}>
              {text}
            </a>,
          ])}
          {deprecated.length > MANY
            ? [" and ", <Count key="more" href={only?.(key, false)}>{`${deprecated.length - MANY} more`}</Count>]
            : ""}
        </span>
      </li>
    ))}
  </ul>
);
