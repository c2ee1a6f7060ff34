import type { Column } from "../../schema/table-plan.ts";
import { counted } from "../explorer/counted.ts";
import { describedPropertyValues } from "../explorer/property.ts";
import { CertaintyGlyph, ToneGlyph } from "../explorer/tone-glyph.tsx";
import { UNFOLDED_COLUMNS } from "../limits.ts";
import type { PageTable } from "./release-page.ts";

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
  const described = describedPropertyValues(column.schema);
  if (Object.keys(described).length === 0) return <span class="muted">One of: {column.allowed.join(", ")}.</span>;
  return (
    <dl class="allowed">
      {column.allowed.map((value) => {
        const meaning = described[value];
        return (
          <div key={value}>
            <dt>
              {meaning?.tone ? (
                <span class={`tone ${meaning.tone}`}>
                  <ToneGlyph tone={meaning.tone} />
                </span>
              ) : meaning?.level === undefined ? null : (
                <CertaintyGlyph level={meaning.level} />
              )}{" "}
              {meaning?.title} <code>{value}</code>
            </dt>
            <dd>{meaning?.description}</dd>
          </div>
        );
      })}
    </dl>
  );
};

/** Rounded; 0% and 100% only if exact. */
const percent = (part: number, whole: number): string =>
  whole === 0 || part === 0 || part === whole
    ? whole === 0
      ? ""
      : `${(100 * part) / whole}%`
    : `${Math.min(99, Math.max(1, Math.round((100 * part) / whole)))}%`;

const Dictionary = ({ table: { plan, count, filled } }: { table: PageTable }) => (
  <section class="scroll dictionary" tabindex={0} aria-label={`Columns of ${plan.title}`}>
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            Column
          </th>
          <th role="columnheader" scope="col">
            Type
          </th>
          <th role="columnheader" scope="col">
            Meaning
          </th>
          <th role="columnheader" scope="col" class="number">
            Filled
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {plan.columns.map((column) => (
          <tr role="row" key={column.name}>
            <th role="rowheader" scope="row">
              <code>{column.name}</code>
            </th>
            <td role="cell">
              {columnType(column)}
              {column.required ? <small>required</small> : null}
            </td>
            <td role="cell">
              {[column.title, column.description].filter(Boolean).join(". ")} <Allowed column={column} />
            </td>
            <td role="cell" class="number">
              {percent(filled.get(column.name) ?? 0, count)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** Describes a column in a sentence: type, title, allowed values, and share of records with a value. */
function columnText(column: Column, filled: string): string {
  const described = describedPropertyValues(column.schema);
  const allowed = (column.derived ? undefined : column.allowed)?.map((value) => {
    const text = [described[value]?.title, described[value]?.description].filter(Boolean).join(". ");
    return text === "" ? value : `${value} (${text})`;
  });
  return [
    `${columnType(column)}${column.required ? ", required" : ""}`,
    column.title,
    column.description,
    allowed === undefined ? "" : `One of: ${allowed.join("; ")}`,
    filled === "" ? "" : `Filled: ${filled}`,
  ]
    .filter(Boolean)
    .join(". ");
}

/** The columns of a table as few elements, for a page with many columns. */
const BriefDictionary = ({ table: { plan, count, filled } }: { table: PageTable }) => (
  <ul>
    {plan.columns.map((column) => (
      <li key={column.name}>
        <code>{column.name}</code> {columnText(column, percent(filled.get(column.name) ?? 0, count))}
      </li>
    ))}
  </ul>
);

const columnsId = ({ plan }: PageTable): string => `_columns-${plan.name}`;

/** The tables, with links to their columns in the data dictionary page. */
export const ColumnCounts = ({ tables, address }: { tables: PageTable[]; address: string }) => (
  <ul>
    {tables.map((table) => (
      <li key={table.plan.name}>
        <a href={`${address}#${columnsId(table)}`}>{table.plan.title}</a>: {counted(table.plan.columns.length, ["column", "columns"])},{" "}
        {counted(table.count, ["row", "rows"])}
      </li>
    ))}
  </ul>
);

export const Columns = ({ tables, isBrief = false }: { tables: PageTable[]; isBrief?: boolean }) => (
  <>
    {tables.map((table, i) => (
      <details key={table.plan.name} open={i === 0 && table.plan.columns.length <= UNFOLDED_COLUMNS}>
        <summary>
          {table.plan.title}: {counted(table.plan.columns.length, ["column", "columns"])}, {counted(table.count, ["row", "rows"])}
        </summary>
        {/* For the target of a link, a browser opens the elements that contain it, not the target itself. */}
        <div id={columnsId(table)} class="opened">
          {table.plan.description ? <p class="muted">{table.plan.description}</p> : null}
          {isBrief ? <BriefDictionary table={table} /> : <Dictionary table={table} />}
        </div>
      </details>
    ))}
  </>
);
