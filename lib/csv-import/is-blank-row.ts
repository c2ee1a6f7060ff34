import type { CsvRow } from "../ports/ports.ts";

/** Whether the cells of a row contain only white space. */
export const isBlankRow = ({ cells }: CsvRow): boolean => cells.every((cell) => cell.trim() === "");
