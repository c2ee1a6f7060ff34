import type { Row } from "./explorer-model.ts";

/** Maximum columns in the details of a row, besides those of the table. */
export const MAX_DETAILS = 40;

/** The texts of a column that only the details of a row show: several for a list. */
export const detailTexts = ({ more = [] }: Pick<Row, "more">, title: string): string[] =>
  more.find(([each]) => each === title)?.[1].split("; ") ?? [];
