const END = 2 ** 63;

/** Whether a whole number fits into 64 bits with its sign. */
export const isInt64 = (value: number): boolean => value >= -END && value < END;
