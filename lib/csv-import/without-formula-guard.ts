export const GUARDED = /^'[=+\-@\t\r']/;

/** The text of a cell without its formula guard. */
export const withoutFormulaGuard = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);
