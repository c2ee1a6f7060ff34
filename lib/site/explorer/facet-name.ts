/** Parameters of an explorer's address that are not filters. */
const RESERVED = new Set(["q", "sort", "page", "conflicts"]);

/** The parameter that filters by a column. */
export const facetName = (column: string): string => (RESERVED.has(column) ? `${column}_` : column);
