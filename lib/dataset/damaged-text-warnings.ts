import { isUtf8 } from "node:buffer";
import { DATASET_FILE, SCHEMA_FILE } from "../contract/dataset-files.ts";
import { LICENSE_FILE } from "../contract/release-files.ts";
import { findDamage, mayBeDamaged } from "../diagnostics/find-damage.ts";
import type { Problem } from "../diagnostics/problem.ts";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import { MAX_VALUE_PROBLEMS } from "../diagnostics/value-problems.ts";
import { lintJson } from "../json/lint-json.ts";
import { textPositions } from "../json/text-positions.ts";

function inDocument(file: string, text: string): Problem[] {
  if (!mayBeDamaged(text)) return [];
  const position = textPositions(text);
  return lintJson(text)
    .filter(({ isWarning }) => isWarning)
    .map(({ offset, isWarning: _, mismatch: __, ...wording }) => ({ file, ...position(offset), ...wording }));
}

/** Checks each line of a text. Certain damage is only a warning here, because earlier versions released it. */
function inLines(file: string, text: string): Problem[] {
  const found: Problem[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const damage = findDamage(line);
    if (!damage) continue;
    const remedy = damage.suggestion === "\n" ? { remedy: "End each line with a line feed (U+000A)." } : {};
    found.push({ file, line: i + 1, column: damage.at + 1, ...jsonRules.damagedText(damage), ...remedy });
    if (found.length === MAX_VALUE_PROBLEMS) break;
  }
  return found;
}

/** Warnings about damaged text in the valid files that describe a dataset. `views`: the paths of the descriptions of views. */
export function damagedTextWarnings(small: ReadonlyMap<string, Uint8Array>, views: readonly string[] = []): Problem[] {
  const textOf = (file: string): string => Buffer.from(small.get(file) ?? []).toString("utf8");
  const license = small.get(LICENSE_FILE) ?? new Uint8Array();
  const text = isUtf8(license) ? textOf(LICENSE_FILE) : "";
  const encoding: Problem[] = isUtf8(license) ? [] : [{ file: LICENSE_FILE, line: 0, column: 0, ...jsonRules.notUtf8(true) }];
  return [
    ...[DATASET_FILE, SCHEMA_FILE, ...views].flatMap((file) => inDocument(file, textOf(file))),
    ...encoding,
    ...inLines(LICENSE_FILE, text),
  ];
}
