/** The earlier of two times as `toISOString` writes them; undefined if there is none. */
export const earliest = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;
