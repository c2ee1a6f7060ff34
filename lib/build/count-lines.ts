const NEWLINE = 0x0a;

/** The number of lines, each of which ends with a line break. */
export function countLines(lines: Buffer): number {
  let count = 0;
  for (let end = lines.indexOf(NEWLINE); end >= 0; end = lines.indexOf(NEWLINE, end + 1)) count += 1;
  return count;
}
