/** How the numbers of a file are written: it has one decimal sign. */
export type DecimalSeparator = "comma" | "point";

/** Whether a cell can only be a number with this decimal sign. `1.234` and `1,234` show nothing: they may mean a thousand. */
export function provenSeparator(cell: string): DecimalSeparator | undefined {
  if (cell.length > 40 || !/\d/.test(cell)) return undefined;
  const number = cell.replaceAll(/^[-+(−]+|\p{Sc}|[\s%‰)]/gu, "");
  if (/^([1-9]\d{0,2}[.,]\d{3}|\d+)$/.test(number)) return undefined;
  if (/^(\d*\.\d+(e[-+]?\d+)?|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})$/i.test(number)) return "point";
  if (/^(\d*,\d+(e[-+]?\d+)?|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})$/i.test(number)) return "comma";
  return undefined;
}

/** What one column shows of the decimal sign of its file. */
export interface SeparatorEvidence {
  decimal: DecimalSeparator;
  cell: string;
  line: number;
}

/** The decimal sign of a file, and the column that shows it; undefined sign: no cell does. */
export interface FileLocale {
  decimal: DecimalSeparator | undefined;
  /** Where the sign is shown: `area, line 2`. Undefined where a person named it, or no cell shows it. */
  evidence?: string;
  delimiter: string;
}

/** The sign that most columns show; between equals, the one that goes with the delimiter. */
export function localeOf(
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
