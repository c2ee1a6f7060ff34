/** Numbers that programs write for a missing value. */
export const isSentinel = (cell: string): boolean => /^-9{2,6}(\.0+|\.9+)?$/.test(cell);
