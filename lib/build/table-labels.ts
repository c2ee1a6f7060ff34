import { recordKey } from "../contract/record-key.ts";
import type { Labels } from "../formats/labels.ts";
import type { JsonRecord } from "../formats/value.ts";
import { parseRecordLine } from "../ports/parse-record-line.ts";
import type { Difference } from "../release/difference.ts";
import { referencesOf } from "../release/references-of.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { recordLines } from "./record-lines.ts";

/** Table → keys that the listed records of a difference refer to. */
function referencedKeys(difference: Difference, plans: readonly TablePlan[]): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const plan of plans) {
    const changes = difference.tables[plan.name];
    if (!changes) continue;
    const old = changes.changed.map(({ fields }) => Object.fromEntries(Object.entries(fields).map(([name, change]) => [name, change.old])));
    const records: JsonRecord[] = [
      ...changes.added,
      ...[...changes.changed, ...changes.removed, ...changes.replaced].map(({ record }) => record),
      ...old,
    ];
    for (const [table, keys] of referencesOf(plan, records)) wanted.set(table, new Set([...(wanted.get(table) ?? []), ...keys]));
  }
  return wanted;
}

/** Adds the labels of keys that are not known yet; stops reading once all are known. */
async function addLabels(
  known: Map<string, string>,
  plan: TablePlan,
  keys: ReadonlySet<string>,
  table: AsyncIterable<Uint8Array>,
): Promise<void> {
  if (known.size === keys.size) return;
  for await (const line of recordLines(table)) {
    const record = parseRecordLine(line);
    const key = recordKey(plan, record);
    const label = record[plan.labelColumn as string];
    if (keys.has(key) && typeof label === "string" && !known.has(key)) known.set(key, label);
    if (known.size === keys.size) return;
  }
}

/** The labels for displaying a difference: of the records that its listed records refer to, if `tables` contain them. */
export async function tableLabels(
  difference: Difference,
  plans: readonly TablePlan[],
  tables: readonly ((table: string) => AsyncIterable<Uint8Array>)[],
): Promise<Labels> {
  const labels = new Map<string, Map<string, string>>();
  for (const [table, keys] of referencedKeys(difference, plans)) {
    const plan = plans.find(({ name }) => name === table);
    if (plan?.labelColumn === undefined) continue;
    const known = new Map<string, string>();
    for (const open of tables) await addLabels(known, plan, keys, open(table));
    labels.set(table, known);
  }
  return labels;
}
