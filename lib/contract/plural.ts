/** A number of things: `1 problem`, `2 problems`. */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
