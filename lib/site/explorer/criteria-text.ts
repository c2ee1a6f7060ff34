import type { ExplorerModel } from "./explorer-model.ts";
import { type Query, queryPicks } from "./query.ts";
import { rangeWords } from "./value-range.ts";

/** Describes the filters of a query. */
export const criteriaText = (model: ExplorerModel, query: Query): string =>
  [
    query.text.trim() === "" ? "" : `“${query.text.trim()}”`,
    ...model.facets.flatMap(({ name, title, kind, values }) =>
      queryPicks(query, name).map((value) =>
        kind === "range" ? `${title} ${rangeWords(value)}` : (values.find((each) => each.value === value)?.label ?? value),
      ),
    ),
    query.conflicts ? "conflicting claims" : "",
  ]
    .filter(Boolean)
    .join(" and ");
