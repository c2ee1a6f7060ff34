/** The earlier of two times in the form of `toISOString`; undefined if both are. */
export const earliest = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;
