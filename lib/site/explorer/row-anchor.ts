export const rowHref = (table: string, id: string): string => `#${encodeURIComponent(rowAnchor(table, id))}`;

/**
 * Ids of the page's own elements begin with `_` or hold no `-`: a table's name begins with a letter, so that no record's
 * anchor is one of them.
 */
export const rowAnchor = (table: string, id: string): string => `${table}-${id}`;
