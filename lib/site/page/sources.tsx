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

type SourceProps = Omit<SourcesProps, "sources"> & { source: CitedSource };

/** What other rows contradict, with links to the rows. */
const Contradicted = ({ source: { key, disputed, deprecated }, only, addressOf }: SourceProps) => (
  <>
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
    {deprecated.length > MANY ? [" and ", <Count key="more" href={only?.(key, false)}>{`${deprecated.length - MANY} more`}</Count>] : ""}
  </>
);

const SourceItem = (props: SourceProps) => {
  const { key, title, rows, contradicted } = props.source;
  const page = props.pages === undefined ? undefined : `${props.pages}${pageSlug(key)}/`;
  return (
    <span>
      {page === undefined ? null : (
        <>
          <a href={page}>
            What it says<span class="hidden">: {title}</span>
          </a>
          .{" "}
        </>
      )}
      Cited in <Count href={props.only?.(key, false)}>{counted(rows, props.noun)}</Count>
      {contradicted === undefined ? (
        <Contradicted {...props} />
      ) : contradicted > 0 ? (
        <>
          ; <Count href={page}>{`${grouped(contradicted)} contradicted`}</Count>
        </>
      ) : null}
    </span>
  );
};

export const Sources = ({ sources, ...props }: SourcesProps) => (
  <ul class="sources">
    {sources.map((source) => (
      <li key={source.key} id={`_source-${source.index}`} data-source={source.index}>
        {source.url ? <a href={source.url}>{source.title}</a> : <strong>{source.title}</strong>}
        {source.by ? <span class="muted">{source.by}</span> : null}
        <SourceItem source={source} {...props} />
      </li>
    ))}
  </ul>
);
