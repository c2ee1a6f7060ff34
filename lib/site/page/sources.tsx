import { grouped } from "../../contract/grouped.ts";
import { counted } from "../explorer/counted.ts";
import type { CitedSource } from "./release-page.ts";

const MANY = 5;

interface SourcesProps {
  sources: CitedSource[];
  noun: [string, string];
  /** Returns the address of the rows that cite a source, if there is a filter for it. */
  only: ((key: string, isDisputed: boolean) => string) | undefined;
  /** Returns the address of a row. */
  addressOf(id: string): string;
}

const Count = ({ href, children }: { href: string | undefined; children: string }) => (href ? <a href={href}>{children}</a> : children);

type SourceProps = Omit<SourcesProps, "sources"> & { source: CitedSource };

/** The rows that other rows contradict, with links. */
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
  const { key, title, rows, contradicted, path: page } = props.source;
  return (
    <span>
      {page === undefined ? null : (
        <>
          <a href={page} aria-label={`What it says: ${title}`}>
            What it says
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

const SourceItems = ({ sources, ...props }: SourcesProps) => (
  <ul class="sources">
    {sources.map((source) => (
      <li key={source.key} id={`_source-${source.index}`} data-source={source.index} data-inferred={source.isTitleInferred}>
        {source.url ? <a href={source.url}>{source.title}</a> : <strong>{source.title}</strong>}
        {source.by ? <span class="muted">{source.by}</span> : null}
        <SourceItem source={source} {...props} />
      </li>
    ))}
  </ul>
);

/** Sources without pages, as few elements each: the title, and the number of citing rows. */
const BriefItems = ({ sources, noun }: SourcesProps) => (
  <ul class="sources">
    {sources.map(({ key, index, url, title, by, isTitleInferred, rows, disputed, deprecated }) => (
      <li key={key} id={`_source-${index}`} data-source={index} data-inferred={isTitleInferred}>
        {url ? <a href={url}>{title}</a> : <strong>{title}</strong>}
        {by ? <span class="muted">{by}</span> : null}
        {`Cited in ${counted(rows, noun)}`}
        {disputed > 0 ? `; ${grouped(disputed)} with conflicting claims` : ""}
        {deprecated.length > 0 ? `; ${grouped(deprecated.length)} deprecated` : ""}
      </li>
    ))}
  </ul>
);

/** Sources, folded after the first. */
export const Sources = ({ first, ...props }: SourcesProps & { first: number }) => {
  const rest = { ...props, sources: props.sources.slice(first) };
  return (
    <>
      <SourceItems {...props} sources={props.sources.slice(0, first)} />
      {rest.sources.length > 0 ? (
        <details>
          <summary>{counted(rest.sources.length, ["more source", "more sources"])}</summary>
          {rest.sources.every(({ path }) => path === undefined) ? <BriefItems {...rest} /> : <SourceItems {...rest} />}
        </details>
      ) : null}
    </>
  );
};
