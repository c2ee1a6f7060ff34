/** A count with its noun: `1 problem`, `2 problems`. */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
