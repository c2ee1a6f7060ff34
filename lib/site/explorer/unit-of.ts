/** The unit that a column's title names: `m` of "Height (m)". */
export const unitOf = (title: string): string | undefined => /\(([^()\d\s][^()]{0,11})\)$/.exec(title)?.[1];
