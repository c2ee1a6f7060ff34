/** The decimal separator of a file. */
export type DecimalSeparator = "comma" | "point";

/** A cell that proves the decimal separator of its column. */
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
  const proving = (decimal: DecimalSeparator) => columns.filter(({ evidence }) => evidence?.decimal === decimal);
  const [comma, point] = [proving("comma"), proving("point")];
  const commaWins = comma.length === point.length ? delimiter === ";" : comma.length > point.length;
  const [first] = commaWins ? comma : point;
  if (!first?.evidence) return { decimal: undefined, delimiter };
  return { decimal: first.evidence.decimal, evidence: `column ${first.name}, line ${first.evidence.line}`, delimiter };
}
