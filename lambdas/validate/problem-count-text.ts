export const problemCountText = (count: number): string => `${count} problem${count > 1 ? "s" : ""}`;
