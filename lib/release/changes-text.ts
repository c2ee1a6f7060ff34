import type { Labels } from "../formats/labels.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { type ChangeLine, changeLines, type RecordLine } from "./change-lines.ts";
import type { Difference } from "./difference.ts";
import { shapeText } from "./shape-text.ts";
import { singleLine } from "./single-line.ts";

/** Maximum records per table in `CHANGES.md`; `changes.json` lists all. */
export const MAX_NAMED_CHANGES = 100;

type Sign = "+" | "-" | "~" | "!" | ">";
const SIGNS: Record<RecordLine["change"], Sign> = { added: "+", corrected: "~", removed: "-", replaced: ">" };

/** The text of `changesMarkdown` for a terminal; `paint` colours a line by its sign. */
export function changesText(
  difference: Difference,
  plans: readonly TablePlan[],
  labels: Labels,
  paint: (sign: Sign, text: string) => string,
): string {
  return [...changeLines(difference, plans, labels, MAX_NAMED_CHANGES)]
    .flatMap((line) => terminalLines(line, paint))
    .map((line) => `${line}\n`)
    .join("");
}

function terminalLines(line: ChangeLine, paint: (sign: Sign, text: string) => string): string[] {
  switch (line.kind) {
    case "shape": {
      const sign = line.isBreaking ? "!" : "~";
      return [paint(sign, `${sign} ${singleLine(shapeText(line.change))}`)];
    }
    case "table":
      return [line.table];
    case "more":
      return [`    and ${line.count} more: --format json lists them all`];
    case "record": {
      const sign = SIGNS[line.change];
      const title = line.title === undefined ? "" : `  ${singleLine(line.title)}`;
      const by = line.by === undefined ? "" : `  (${singleLine(`replaced by ${line.by}`)})`;
      const fields = line.fields ?? [];
      return [
        paint(sign, `  ${sign === ">" ? "-" : sign} ${singleLine(line.key)}${title}${by}`),
        ...fields.map(({ name, old, now }) => `      ${singleLine(name)}: ${singleLine(old)} → ${singleLine(now)}`),
      ];
    }
  }
}
