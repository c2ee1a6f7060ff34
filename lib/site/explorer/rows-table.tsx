import { Cell } from "./cell.tsx";
import { counted } from "./counted.ts";
import { Details, type RowActions, ShortDetails } from "./details.tsx";
import { DistributionBars } from "./distribution-bars.tsx";
import type { ExplorerModel, Row } from "./explorer-model.ts";
import { foundIn } from "./found-in.ts";
import { memo } from "./memo.ts";
import { isFilteringQuery, type Query } from "./query.ts";
import { rowAnchor } from "./row-anchor.ts";
import { rowData } from "./row-data.ts";
import { searchWords } from "./search-words.ts";
import { spokenName } from "./spoken-name.ts";
import { supportingSources } from "./supporting-sources.ts";

interface RowProps {
  model: ExplorerModel;
  row: Row;
  isOpen: boolean;
  /** Whether the page includes closed details, for readers without scripts. The pages of subjects include them too. */
  keepsDetails: boolean;
  actions: RowActions | undefined;
  /** The detail in which a search found it. */
  match: string | undefined;
}

const TableRow = memo(({ model, row, isOpen, keepsDetails, actions, match }: RowProps) => {
  const id = rowAnchor(model.table, row.id);
  const many = supportingSources(row).length;
  // Statements read as sentences. Cells of other tables need their column's name where the table has no head (on phones).
  const isPlain = !model.columns.some(({ kind }) => kind === "value");
  return (
    <>
      <tr
        role="row"
        id={id}
        data-row={rowData(model, row)}
        class={`${row.isDeprecated ? "deprecated" : ""}${isOpen ? " expanded" : ""}` || undefined}
        tabindex={-1}
      >
        {model.columns.map((column, i) => {
          const content = <Cell model={model} column={column} text={row.cells[i] ?? ""} row={row} />;
          return i === 0 ? (
            <th key={column.name} role="rowheader" scope="row" class={column.kind} dir="auto">
              {content}
              {match === undefined ? null : (
                <span class="match" dir="auto">
                  {match}
                </span>
              )}
            </th>
          ) : (
            <td
              key={column.name}
              role="cell"
              class={column.kind}
              data-title={isPlain ? column.title : undefined}
              dir={column.kind === "value" || column.kind === "text" ? "auto" : undefined}
            >
              {content}
            </td>
          );
        })}
        <td role="cell" class="opens">
          <button type="button" class="plain live" aria-expanded={isOpen} onClick={() => actions?.toggle(row.id)}>
            {many > 0 ? counted(many, ["source", "sources"]) : "Details"}
            <span class="hidden"> of {spokenName(model, row)}</span>
          </button>
        </td>
      </tr>
      {isOpen || keepsDetails ? (
        <tr role="row" class="detail" hidden={!isOpen}>
          <td role="cell" colspan={model.columns.length + 1}>
            {isOpen ? <Details model={model} row={row} {...(actions ? { actions } : {})} /> : <ShortDetails model={model} row={row} />}
          </td>
        </tr>
      ) : null}
    </>
  );
});

export const RowsTable = ({
  model,
  query,
  rows,
  text,
  isBusy = false,
  open,
  keepsDetails,
  actions,
  onSort,
  onPick,
}: {
  model: ExplorerModel;
  query: Query;
  rows: readonly Row[];
  /** The text that was searched. */
  text: string;
  /** More rows follow at once. */
  isBusy?: boolean;
  open: ReadonlySet<string>;
  keepsDetails: boolean;
  actions?: RowActions;
  /** Missing if not all rows can be sorted. */
  onSort?(column: number): void;
  onPick?(facet: string, values: string[]): void;
}) => {
  const words = searchWords(text);
  return (
    <section class="scroll rows" tabindex={0} aria-label={`Table of ${model.noun[1]}`} aria-busy={isBusy || undefined}>
      <table role="table">
        <colgroup>
          {model.columns.map(({ name, width }) => (
            <col key={name} class={`w${width}`} />
          ))}
          <col />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            {model.columns.map(({ name, title, kind }, i) => (
              <th
                key={name}
                role="columnheader"
                scope="col"
                class={kind}
                aria-sort={query.sort === i ? (query.descending ? "descending" : "ascending") : undefined}
              >
                {onSort ? (
                  <>
                    <span class="bare">{title}</span>
                    <button type="button" class="plain sort live" onClick={() => onSort(i)}>
                      {title}
                    </button>
                  </>
                ) : (
                  title
                )}
              </th>
            ))}
            <th role="columnheader" scope="col">
              {model.sources.length > 0 ? "Sources" : "Details"}
            </th>
          </tr>
          {model.columns.some(({ distribution }) => distribution) ? (
            <tr role="row" class="distributions">
              {model.columns.map((column, i) => (
                <td key={column.name} role="cell">
                  {i === 0 && isFilteringQuery(query) ? (
                    <span>
                      Of {model.total === 1 ? "" : "all "}
                      {counted(model.total, model.noun)}:
                    </span>
                  ) : null}
                  {column.distribution ? (
                    <DistributionBars
                      model={model}
                      column={column}
                      query={query}
                      distribution={column.distribution}
                      {...(onPick ? { onPick } : {})}
                    />
                  ) : null}
                </td>
              ))}
              <td role="cell" />
            </tr>
          ) : null}
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <TableRow
              key={row.id}
              model={model}
              row={row}
              isOpen={open.has(row.id)}
              keepsDetails={keepsDetails}
              actions={actions}
              match={foundIn(row, words)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
};
