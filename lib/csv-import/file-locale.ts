/** The decimal separator of a file. */
export type DecimalSeparator = "comma" | "point";

/** The only decimal separator that a cell can have. `1.234` and `1,234` prove none: the separator may be of thousands. */
export function provenSeparator(cell: string): DecimalSeparator | undefined {
  if (cell.length > 40 || !/\d/.test(cell)) return undefined;
  const number = cell.replaceAll(/^[-+(−]+|\p{Sc}|[\s%‰)]/gu, "");
  if (/^([1-9]\d{0,2}[.,]\d{3}|\d+)$/.test(number)) return undefined;
  if (/^(\d*\.\d+(e[-+]?\d+)?|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})$/i.test(number)) return "point";
  if (/^(\d*,\d+(e[-+]?\d+)?|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})$/i.test(number)) return "comma";
  return undefined;
}

/** The cell of a column that proves the decimal separator. */
export interface SeparatorEvidence {
  decimal: DecimalSeparator;
  cell: string;
  line: number;
}

/** The decimal separator of a file, if any cell proves it. */
export interface FileLocale {
  decimal: DecimalSeparator | undefined;
  /** Where it is proven: `column area, line 2`. Undefined if it was requested or is unknown. */
  evidence?: string;
  delimiter: string;
}

/** The separator that most columns prove; on a tie, the one that goes with the delimiter. */
export function fileLocale(
  delimiter: string,
  columns: readonly { name: string; evidence: SeparatorEvidence | undefined }[],
  requested?: DecimalSeparator,
): FileLocale {
  if (requested) return { decimal: requested, delimiter };
  const showing = (decimal: DecimalSeparator) => columns.filter(({ evidence: shows }) => shows?.decimal === decimal);
  const [comma, point] = [showing("comma"), showing("point")];
  const commaWins = comma.length === point.length ? delimiter === ";" : comma.length > point.length;
  const [first] = commaWins ? comma : point;
  if (!first?.evidence) return { decimal: undefined, delimiter };
  return { decimal: first.evidence.decimal, evidence: `column ${first.name}, line ${first.evidence.line}`, delimiter };
}
