import type { Row, ShownSource } from "./explorer-model.ts";

/** Rows that a browser parses without a pause. */
const PORTION = 1_000;

/**
 * The rows that a page leaves out: a list in JSON, with an entry a line. The first is the address in the page, the second the list of the
 * sources that only these rows cite.
 */
export const laterRowsFile = (address: string, sources: readonly ShownSource[], rows: readonly Row[]): string =>
  `[${[address, sources, ...rows].map((entry) => JSON.stringify(entry)).join(",\n")}]\n`;

/** Parses such a file in portions, so that a page answers keys in between. Throws if it was written for a page with another address of it. */
export async function parseLaterRowsFile(
  text: string,
  address: string,
  pause: () => Promise<void>,
): Promise<{ sources: ShownSource[]; rows: Row[] }> {
  const [written, sources = "", ...lines] = text.slice(1, -2).split(",\n");
  if (written !== JSON.stringify(address)) throw new Error("The page was written again since.");
  const rows: Row[] = [];
  for (let i = 0; i < lines.length; i += PORTION) {
    await pause();
    rows.push(...(JSON.parse(`[${lines.slice(i, i + PORTION)}]`) as Row[]));
  }
  return { sources: JSON.parse(sources) as ShownSource[], rows };
}
