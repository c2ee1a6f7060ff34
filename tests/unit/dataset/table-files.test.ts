import { describe, expect, it } from "vitest";
import { tableFiles } from "../../../lib/dataset/table-files.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const table: Schema = {
  type: "array",
  primaryKey: ["id"],
  items: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
};
const schema: Schema = { type: "object", properties: { gauges: table, levels: table } };
const plans = ["gauges", "levels"].map((name) => planTable(name, schema));

const problemsOf = (...paths: string[]): string[] =>
  tableFiles(plans, paths).problems.map(({ file, message, remedy }) => `${file}: ${message} | ${remedy}`);

describe("tableFiles", () => {
  it("are the files of each table", () => {
    const { files, problems } = tableFiles(plans, ["levels/b.json", "levels/a.json", "gauges.json", "dataset.json", ".x/y.json"]);
    expect([[...files], problems]).toEqual([
      [
        ["gauges", ["gauges.json"]],
        ["levels", ["levels/a.json", "levels/b.json"]],
      ],
      [],
    ]);
  });

  it("are one problem for each folder whose files belong to no table", () => {
    expect(problemsOf("gauges.json", "level/a.json", "level/b.json", "level/c.png")).toEqual([
      'level/a.json: Unknown table "level" (also 1 more file in this folder); the tables are: gauges, levels | Did you mean "levels"? Move its files to levels/.',
    ]);
    expect(problemsOf("gauges.json", "levels.json", "img/a.png", "img/b.png", "img/c.png")).toEqual([
      "img/a.png: The file belongs to no table (also 2 more files in this folder); the tables are: gauges, levels | Move these files out of the dataset.",
    ]);
    expect(problemsOf("gauges.json", "levels/2026/a.json", "levels/2026/b.json", "levels/c.json")).toEqual([
      "levels/2026/a.json: Records must be in levels/ itself, not in a subfolder (also 1 more file in this folder) | Move its files to levels/.",
    ]);
    expect(problemsOf("gauges.json", "levels/a.csv", "levels/b.csv", "levels/c.json")).toEqual([
      "levels/a.csv: The name of a file of records must end in .json (also 1 more file in this folder) | Write its rows as JSON records, or move it out of the folder.",
    ]);
  });

  it("are moved beside those that are there, or added to those of the same name", () => {
    const about = (name: string) =>
      `Unknown table "level" (also ${name} in this folder); the tables are: gauges, levels | Did you mean "levels"?`;
    expect(problemsOf("gauges.json", "levels/1.json", "level/1.json", "level/2.json")).toEqual([
      `level/1.json: ${about("1 more file")} Move its files to levels/; add the records of those whose name is taken (levels/1.json) to the file that has it.`,
    ]);
    expect(problemsOf("gauges.json", "levels/2.json", "levels/3.json", "level/1.json", "level/2.json", "level/3.json")).toEqual([
      `level/1.json: ${about("2 more files")} Move its files to levels/; add the records of those whose name is taken (levels/2.json, and 1 more) to the file that has it.`,
    ]);
    expect(problemsOf("gauges.json", "levels/1.json", "level/1.json")).toEqual([
      'level/1.json: Unknown table "level"; the tables are: gauges, levels | Did you mean "levels"? Move its records into levels/1.json, or the file out of the dataset.',
    ]);
  });

  it("are one problem for a table whose file has another extension", () => {
    expect(problemsOf("gauges.JSON", "levels.json")).toEqual([
      "gauges.JSON: The name of a file of records must end in .json | Rename it to gauges.json.",
    ]);
    expect(problemsOf("levels.json")).toEqual([
      'gauges.json: The table "gauges" has no file | Restore it, or add gauges.json with a list of records ([] for none).',
    ]);
  });

  it("are not read if their name contains a line break", () => {
    expect(problemsOf("gauges.json", "levels.json", "levels/a\nb.json")).toEqual([
      "levels/a\nb.json: The name of the file contains a line break | Rename the file.",
    ]);
  });
});
