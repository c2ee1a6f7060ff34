import { grouped } from "../../contract/grouped.ts";
import { NO_ADDRESS } from "../../contract/no-address.ts";
import type { Column } from "../../schema/table-plan.ts";
import { counted, hrefOf } from "../explorer/explorer-model.ts";
import { valueNotes } from "../explorer/property.ts";
import { Icon, LevelGlyph, ToneGlyph } from "../explorer/tone-glyph.tsx";
import { citations } from "./citations.ts";
import { size } from "./layout.tsx";
import type { Board, CitedSource, PageTable, ReleasePage } from "./release.ts";

export const BoardView = ({ board }: { board: Board }) => (
  <section class="board" aria-labelledby="board">
    <h2 id="board">{board.title}</h2>
    <ul>
      {board.groups.map(({ label, description, tone, members }) => (
        <li key={label}>
          <span class={`number tone ${tone}`}>{grouped(members.length)}</span>
          <h3>
            <span class={`tone ${tone}`}>
              <ToneGlyph tone={tone} />
            </span>{" "}
            {label}
          </h3>
          {description ? <p>{description}</p> : null}
          <p class="members">
            {members.map((member, i) => [
              i > 0 ? ", " : "",
              <a key={member.label} href={member.href} dir="auto">
                {member.label}
              </a>,
            ])}
          </p>
        </li>
      ))}
    </ul>
  </section>
);

export const Files = ({ page }: { page: ReleasePage }) => (
  <section class="scroll" tabindex={0} aria-label="Files">
    <table>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">What it holds</th>
          <th scope="col" class="number">
            Size
          </th>
          <th scope="col">SHA-256</th>
          <th scope="col" class="live">
            Copy
          </th>
        </tr>
      </thead>
      <tbody>
        {page.files.map(({ name, bytes, sha256, title }) => (
          <tr key={name}>
            <th scope="row">
              <a href={`${page.base}${name}`}>{name}</a>
            </th>
            <td>{title}</td>
            <td class="number">{size(bytes)}</td>
            <td>
              <code class="hash" title={sha256}>
                {sha256}
              </code>
            </td>
            <td class="live tools">
              <button
                type="button"
                class="plain"
                data-copy={page.version === null ? name : `${page.env.site ?? NO_ADDRESS}/${page.name}/${page.version}/${name}`}
              >
                <Icon name="link" /> URL<span class="hidden"> of {name}</span>
              </button>
              <button type="button" class="plain" data-copy={sha256}>
                <Icon name="copy" /> Checksum<span class="hidden"> of {name}</span>
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const MANY = 5;

interface SourcesProps {
  sources: CitedSource[];
  table: string;
  noun: [string, string];
  /** Address of the rows that cite a source, where they can be chosen by it. */
  only: ((key: string, isDisputed: boolean) => string) | undefined;
}

const Count = ({ href, children }: { href: string | undefined; children: string }) => (href ? <a href={href}>{children}</a> : children);

export const Sources = ({ sources, table, noun, only }: SourcesProps) => (
  <ul class="sources">
    {sources.map(({ key, index, title, by, url, rows, disputed, deprecated }) => (
      <li key={key} id={`_source-${index}`} data-source={index}>
        {url ? <a href={url}>{title}</a> : <strong>{title}</strong>}
        {by ? <span class="muted">{by}</span> : null}
        <span>
          Cited in <Count href={only?.(key, false)}>{counted(rows, noun)}</Count>
          {disputed > 0 ? (
            <>
              ; <Count href={only?.(key, true)}>{grouped(disputed)}</Count> with conflicting claims
            </>
          ) : null}
          {deprecated.length > 0 ? `; ${grouped(deprecated.length)} deprecated: ` : ""}
          {deprecated.slice(0, MANY).map(({ id, text }, i) => [
            i > 0 ? ", " : "",
            <a key={id} class="neq" href={hrefOf(table, id)}>
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

const columnType = (column: Column): string =>
  column.item
    ? "list"
    : column.allowed && !column.derived && column.type === "string"
      ? "one of"
      : column.derived === "start" || column.derived === "end"
        ? "date"
        : column.type;

const Allowed = ({ column }: { column: Column }) => {
  if (!column.allowed || column.derived) return null;
  const notes = valueNotes(column.schema);
  if (Object.keys(notes).length === 0) return <span class="muted">One of: {column.allowed.join(", ")}.</span>;
  return (
    <dl class="allowed">
      {column.allowed.map((value) => {
        const note = notes[value];
        return (
          <div key={value}>
            <dt>
              {note?.tone ? (
                <span class={`tone ${note.tone}`}>
                  <ToneGlyph tone={note.tone} />
                </span>
              ) : note?.level === undefined ? null : (
                <LevelGlyph level={note.level} />
              )}{" "}
              {note?.title} <code>{value}</code>
            </dt>
            <dd>{note?.description}</dd>
          </div>
        );
      })}
    </dl>
  );
};

const percent = (part: number, whole: number): string => (whole === 0 ? "" : `${Math.floor((100 * part) / whole)}%`);

const Dictionary = ({ table: { plan, count, filled } }: { table: PageTable }) => (
  <section class="scroll" tabindex={0} aria-label={`Columns of ${plan.title}`}>
    <table>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Type</th>
          <th scope="col">Meaning</th>
          <th scope="col" class="number">
            Filled
          </th>
        </tr>
      </thead>
      <tbody>
        {plan.columns.map((column) => (
          <tr key={column.name}>
            <th scope="row">
              <code>{column.name}</code>
            </th>
            <td>
              {columnType(column)}
              {column.required ? <small>required</small> : null}
            </td>
            <td>
              {[column.title, column.description].filter(Boolean).join(". ")} <Allowed column={column} />
            </td>
            <td class="number">{percent(filled.get(column.name) ?? 0, count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

export const Columns = ({ tables }: { tables: PageTable[] }) => (
  <>
    {tables.map((table, i) => (
      <details key={table.plan.name} open={i === 0}>
        <summary>
          {table.plan.title}: {counted(table.plan.columns.length, ["column", "columns"])}, {counted(table.count, ["row", "rows"])}
        </summary>
        {table.plan.description ? <p class="muted">{table.plan.description}</p> : null}
        <Dictionary table={table} />
      </details>
    ))}
  </>
);

export const Cite = ({ page }: { page: ReleasePage }) => (
  <div class="cite">
    {citations(page).map(({ name, text }) => (
      <div key={name} class="panel">
        <h3>{name}</h3>
        <pre>{text}</pre>
        <button type="button" class="plain live" data-copy="">
          <Icon name="copy" /> Copy<span class="hidden"> as {name}</span>
        </button>
      </div>
    ))}
  </div>
);
