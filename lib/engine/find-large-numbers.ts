import { valueRules } from "../diagnostics/rules/value-rules.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { isInt64 } from "../formats/is-int64.ts";
import type { JsonRecord, Value } from "../formats/value.ts";
import { valueAt } from "../formats/value-at.ts";
import type { Column, TablePlan } from "../schema/table-plan.ts";

const isTooLarge = (value: Value): value is number => typeof value === "number" && Number.isFinite(value) && !isInt64(value);

/** Whether a column contains only integers. */
const isWhole = ({ type, derived, schema }: Column): boolean =>
  type === "integer" && derived === undefined && [schema.type].flat().filter((one) => one !== "null").length < 2;

/** Returns a function that finds integers that a format of the dataset cannot store. */
export function findLargeNumbers({ columns, wholeNumbers }: TablePlan): (record: JsonRecord) => ValueProblem[] {
  if (wholeNumbers === undefined) return () => [];
  const whole = columns.filter(isWhole);
  const problem = (path: (string | number)[], value: number): ValueProblem => ({
    path,
    ...valueRules.wholeNumber(value, wholeNumbers),
  });
  return (record) =>
    whole.flatMap(({ path, item }) => {
      const value = valueAt(record, path);
      if (!item) return isTooLarge(value) ? [problem(path, value)] : [];
      return (Array.isArray(value) ? value : []).flatMap((one, i) => {
        const inner = valueAt(one, item);
        return isTooLarge(inner) ? [problem([...path, i, ...item], inner)] : [];
      });
    });
}
