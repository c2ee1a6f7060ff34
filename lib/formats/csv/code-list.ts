const WIDTH = 88;

/** Formats a list as code, over several lines if it is long. */
export function codeList(items: readonly string[], before: string, after: string): string {
  const line = `${before}${items.join(", ")}${after}`;
  if (line.length <= WIDTH) return line;
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= WIDTH) lines[lines.length - 1] = `${last} ${item},`;
    else lines.push(`    ${item},`);
  }
  // R allows no trailing comma.
  return `${before}\n${lines.join("\n").slice(0, -1)}\n${after}`;
}

export const GUARD = "# Text that a spreadsheet could run as a formula has a ' before it: take it away.";
