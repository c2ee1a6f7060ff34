import { visit } from "jsonc-parser";
import { FIRST_LAYOUT, LAYOUT } from "../contract/layout.ts";
import { findDamage } from "../diagnostics/find-damage.ts";
import { findForbiddenCharacter } from "../diagnostics/find-forbidden-character.ts";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import type { Wording } from "../diagnostics/rules/rule.ts";
import { MAX_VALUE_PROBLEMS, moreValueProblems } from "../diagnostics/value-problems.ts";
import { isExactNumber } from "./is-exact-number.ts";
import { pathText } from "./path-text.ts";
import { STRICT, type TextProblem, textPositions } from "./text-positions.ts";

const above = (lines: number): string => (lines === 0 ? "on the same line" : lines === 1 ? "one line above" : `${lines} lines above`);

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Finds problems that JSON.parse accepts silently, up to a maximum: duplicate names, inexact numbers, lone surrogates, control
 * characters and, from layout 2 on, damaged text.
 */
export function lintJson(text: string, layout = LAYOUT): TextProblem[] {
  const problems: TextProblem[] = [];
  const warnings: TextProblem[] = [];
  const names: Map<string, number>[] = [];
  let more = 0;
  const position = textPositions(text);
  const report = (offset: number, path: () => (string | number)[], wording: () => Wording): void => {
    if (problems.length < MAX_VALUE_PROBLEMS) problems.push({ offset, field: pathText(path()), ...wording() });
    else more += 1;
  };
  /** Reports the most serious problem. */
  const lintText = (value: string, offset: number, path: () => (string | number)[]): void => {
    const hidden = findForbiddenCharacter(value);
    const damage = hidden === undefined && layout > FIRST_LAYOUT ? findDamage(value) : undefined;
    if (LONE_SURROGATE.test(value)) report(offset, path, jsonRules.halfCharacter);
    else if (hidden !== undefined) report(offset, path, () => jsonRules.hiddenCharacter(hidden));
    else if (damage?.isCertain) report(offset, path, () => jsonRules.damagedText(damage));
    else if (damage && warnings.length < MAX_VALUE_PROBLEMS)
      warnings.push({ offset, field: pathText(path()), isWarning: true, ...jsonRules.damagedText(damage) });
  };
  visit(
    text,
    {
      onObjectBegin: () => void names.push(new Map()),
      onObjectEnd: () => void names.pop(),
      // biome-ignore lint/complexity/useMaxParams: jsonc-parser passes them so
      onObjectProperty: (name, offset, _length, _line, _column, pathSupplier) => {
        const inside = names.at(-1);
        const before = inside?.get(name);
        if (before !== undefined)
          report(
            offset,
            () => [...pathSupplier(), name],
            () => jsonRules.nameTwice(name, above(position(offset).line - position(before).line)),
          );
        inside?.set(name, offset);
      },
      // biome-ignore lint/complexity/useMaxParams: jsonc-parser passes them so
      onLiteralValue: (value, offset, length, _line, _column, pathSupplier) => {
        if (typeof value === "string") lintText(value, offset, pathSupplier);
        if (typeof value !== "number") return;
        const written = text.slice(offset, offset + length);
        if (!isExactNumber(written)) report(offset, pathSupplier, () => jsonRules.tooManyDigits(written, Number(written)));
      },
    },
    STRICT,
  );
  return [...problems, ...moreValueProblems(more).map(({ path: _, ...wording }) => ({ offset: 0, ...wording })), ...warnings];
}
