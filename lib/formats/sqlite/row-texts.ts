const TEXT = 13;
/** Sizes of values of serial types 0 to 9 (Database File Format, 2.1, Record Format). */
const FIXED_BYTES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

/** The texts at some positions of a record, in ascending order; empty for other values. */
export function rowTexts(record: Buffer, columns: readonly number[]): string[] {
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (;;) {
      const byte = record[at++] as number;
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  const headerBytes = next();
  let start = headerBytes;
  const texts: string[] = [];
  for (let column = 0; at < headerBytes && texts.length < columns.length; column += 1) {
    const type = next();
    const isText = type >= TEXT && type % 2 === 1;
    const end = start + (FIXED_BYTES[type] ?? Math.floor((type - 12) / 2));
    if (column === columns[texts.length]) texts.push(isText ? record.toString("utf8", start, end) : "");
    start = end;
  }
  return texts;
}
