/** What `new` prints about one column. */
export interface Said {
  name: string;
  /** Index of its cell in a row; undefined for row numbers. */
  index: number | undefined;
  notes: readonly string[];
}

interface Named {
  from: string;
  to: string;
  line: number;
  count: number;
}

/** `"1.50" is read as 1.5 (line 2, and 1 more)` */
function namedIn(note: string): Named | undefined {
  const found = /^("(?:[^"\\]|\\.)*") is read as ([\s\S]*?) \(line (\d+)(?:, and (\d+) more)?\)/.exec(note);
  if (!found) return undefined;
  const [, from = '""', to = "", line, more = "0"] = found;
  return { from: JSON.parse(from) as string, to: to === "no value" ? "" : to, line: Number(line), count: Number(more) + 1 };
}

const isStart = (shown: string, cell: string): boolean => (shown.endsWith("…") ? cell.startsWith(shown.slice(0, -1)) : shown === cell);

/** The values of a published record as texts. */
export const textsOf = (record: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]));

/** Cells of the published CSV that differ from the record. A ' before text that a spreadsheet would execute is not a difference (docs/formats.md). */
export const otherInCsv = (records: readonly Record<string, string>[], csv: readonly { cells: string[] }[]): string[] => {
  const [head, ...rows] = csv;
  if (rows.length !== records.length) return [`${records.length} records, ${rows.length} rows of CSV`];
  return records.flatMap((record, i) =>
    (head?.cells ?? []).flatMap((name, at) => {
      const [value, cell] = [record[name] ?? "", rows[i]?.cells[at] ?? ""];
      const isDerived = /_(start|end)$/.test(name) && !(name in record);
      return isDerived || cell === value || (/^'[=+\-@\t\r']/.test(cell) && cell.slice(1) === value)
        ? []
        : [`${name}: ${value} is ${cell} in the CSV`];
    }),
  );
};

/**
 * Compares every published cell with its source. Each difference has to be reported with its kind, its first line and the right number of
 * cells, and no two different cells may become equal.
 */
export function silentChanges(
  source: readonly { line: number; cells: string[] }[],
  published: readonly Readonly<Record<string, string>>[],
  columns: readonly Said[],
): string[] {
  if (source.length !== published.length) return [`${source.length} rows became ${published.length}`];
  return columns.flatMap(({ name, index, notes }) => {
    if (index === undefined) return [];
    const named = notes.flatMap((note) => namedIn(note) ?? []);
    const violations: string[] = [];
    const values = new Map<string, string>();
    let changed = 0;
    for (const [i, { line, cells }] of source.entries()) {
      const cell = cells[index] ?? "";
      const value = published[i]?.[name] ?? "";
      if (value !== "") {
        const other = values.get(value);
        if (other !== undefined && other !== cell)
          violations.push(`${name}: ${JSON.stringify(other)} and ${JSON.stringify(cell)} became ${value}`);
        values.set(value, cell);
      }
      if (value === cell) continue;
      changed += 1;
      if (named.length === 0) violations.push(`${name}, line ${line}: ${JSON.stringify(cell)} became ${JSON.stringify(value)}`);
      for (const { from, to } of named.filter((note) => note.line === line))
        if (!isStart(from, cell) || to !== value) violations.push(`${name}, line ${line}: said ${from} → ${to}, is ${cell} → ${value}`);
    }
    const told = named.reduce((sum, { count }) => sum + count, 0);
    if (told !== changed) violations.push(`${name}: ${changed} cells changed, ${told} were named`);
    return violations;
  });
}
