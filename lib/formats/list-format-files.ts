import type { TablePlan } from "../schema/table-plan.ts";
import { datasetFormats, type NamedTables } from "./dataset-formats.ts";
import type { Format, FormatFile, TableFile } from "./format.ts";

const filesOfTable = (plan: TablePlan, formats: readonly Format[]): TableFile[] =>
  formats.flatMap((format): TableFile[] => {
    if (format.scope !== "table") return [];
    const links = format.hasLinkTables ? plan.links : [];
    return [
      { name: `${plan.name}.${format.extension}`, format, plan },
      ...links.map((link) => ({ name: `${link.name}.${format.extension}`, format, plan, link })),
    ];
  });

/** The files of a release by format: those of each table, then those with all tables, then archives. */
export function listFormatFiles(dataset: NamedTables, known?: readonly Format[]): FormatFile[] {
  const formats = datasetFormats(dataset, known);
  const whole = (scope: "dataset" | "archive"): FormatFile[] =>
    formats.flatMap((format) =>
      format.scope !== "table" && format.scope === scope ? [{ name: `${dataset.metadata.name}.${format.extension}`, format }] : [],
    );
  return [...dataset.plans.flatMap((plan) => filesOfTable(plan, formats)), ...whole("dataset"), ...whole("archive")];
}
