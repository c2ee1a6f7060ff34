/** A number of things: `1 problem`, `2 problems`. */
export const countText = (count: number, what: string): string => `${count} ${what}${count > 1 ? "s" : ""}`;
