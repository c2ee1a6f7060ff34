/** The unit in the title of a column: `m` in "Height (m)". */
export const unitOf = (title: string): string | undefined => /\(([^()\d\s][^()]{0,11})\)$/.exec(title)?.[1];
