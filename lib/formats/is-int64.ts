const END = 2 ** 63;

/** Whether an integer fits into a signed 64-bit integer. */
export const isInt64 = (value: number): boolean => value >= -END && value < END;
