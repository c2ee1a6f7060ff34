/** Numbers that programs write for a missing value, such as -999. */
export const isSentinel = (cell: string): boolean => /^-9{2,6}(\.0+|\.9+)?$/.test(cell);
