const MAX_INTEGER = 2 ** 63;

export const isInt64 = (value: number): boolean => value >= -MAX_INTEGER && value < MAX_INTEGER;
