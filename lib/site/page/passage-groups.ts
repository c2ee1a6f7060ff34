import type { Row } from "../explorer/explorer-model.ts";
import { FIRST_PASSAGES } from "../limits.ts";

/** Statements of a source that quote the same passage. */
export interface PassageGroup {
  /** The passage; missing if the statement quotes none. */
  quote?: string;
  rows: Row[];
}

/** Groups statements of a source by the passage that they quote, in order of appearance; many of one passage are several groups. `source`: its index. */
export function passageGroups(source: number, rows: readonly Row[]): PassageGroup[] {
  const groups: PassageGroup[] = [];
  const open = new Map<string, PassageGroup>();
  for (const row of rows) {
    const [, quote = "", mark] = row.sources?.find(([index]) => index === source) ?? [];
    const known = mark === 1 ? open.get(quote) : undefined;
    if (known && known.rows.length < FIRST_PASSAGES) {
      known.rows.push(row);
      continue;
    }
    const group: PassageGroup = { ...(mark === 1 ? { quote } : {}), rows: [row] };
    if (mark === 1) open.set(quote, group);
    groups.push(group);
  }
  return groups;
}

/** The first groups, which a part of the page of a source lists openly: few, with few statements. */
export function firstPassageGroups(groups: readonly PassageGroup[]): PassageGroup[] {
  let count = 0;
  return groups.slice(0, FIRST_PASSAGES).filter(({ rows }, i) => {
    count += rows.length;
    return i === 0 || count <= 2 * FIRST_PASSAGES;
  });
}
