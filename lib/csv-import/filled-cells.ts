import type { CsvRow } from "../ports/ports.ts";

export const filledCells = ({ cells }: CsvRow): number => cells.filter((cell) => cell !== "").length;
