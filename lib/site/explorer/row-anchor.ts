export const rowHref = (table: string, id: string): string => `#${encodeURIComponent(rowAnchor(table, id))}`;

/** The anchor of a row. Ids of page elements start with `_` or have no `-`; names of tables start with a letter. So they never collide. */
export const rowAnchor = (table: string, id: string): string => `${table}-${id}`;
