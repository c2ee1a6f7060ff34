import type { CsvRow } from "../ports/ports.ts";

export const isBlankRow = ({ cells }: CsvRow): boolean => cells.every((cell) => cell === "");
