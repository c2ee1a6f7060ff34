import type { CsvRow } from "../ports/ports.ts";

/** Whether the cells of a row hold nothing but spaces. */
export const isBlankRow = ({ cells }: CsvRow): boolean => cells.every((cell) => cell.trim() === "");
