import type { ValueProblem } from "../diagnostics/value-problems.ts";
import type { Schema } from "../schema/schema.ts";
import { planTable } from "../schema/table-plan.ts";
import { schemaProblem } from "./schema-problem.ts";

/** Duplicate names of columns and files. File names differing only by case collide on some disks. */
export function nameCollisions(root: Schema): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const files = new Map<string, string>();
  for (const name of Object.keys(root.properties ?? {})) {
    const report = (message: string): void =>
      void problems.push(schemaProblem(["properties", name], message, "Give one of them another name."));
    const claim = (file: string, by: string): void => {
      const other = files.get(file.toLowerCase());
      if (other !== undefined) report(`${other} and ${by} would both be published as ${file}`);
      files.set(file.toLowerCase(), by);
    };
    const plan = planTable(name, root);
    claim(name, `the table "${name}"`);
    for (const link of plan.links) claim(link.name, `the list ${link.path.join(".")} of "${name}"`);
    for (const columns of [plan.columns, ...plan.links.map((link) => link.columns)]) {
      const seen = new Set<string>();
      for (const column of columns) {
        if (seen.has(column.name)) report(`Two columns of "${name}" would be called ${column.name}`);
        seen.add(column.name);
      }
    }
  }
  return problems;
}
