import { describe, expect, it } from "vitest";
import { tableSchema } from "../../../../lib/formats/csv/table-schema.ts";
import { planOf, text } from "../plan-of.ts";

describe("tableSchema", () => {
  const others = planOf({}, "Others");
  const plan = planOf(
    {
      n: { type: "integer" },
      mixed: { type: ["integer", "number", "null"] },
      any: { type: ["integer", "string"] },
      day: { ...text, format: "date" },
      about: { ...text, format: "edtf" },
      kind: { ...text, enum: ["=a", "b"] },
      of: { ...text, references: "Others" },
      count: { type: "integer", references: "Others" },
      list: { type: "array", items: { ...text, references: "Others" }, description: "All." },
      tree: { type: "object" },
      note: { ...text, minLength: 1 },
    },
    "t",
    ["n", "kind", "of", "note", "about"],
  );
  const made = tableSchema({ layout: 2, columns: plan.columns, primaryKey: ["id"], plans: [plan, others] }) as {
    fields: { name: string; type: string; description?: string; missingValues?: string[]; constraints?: object }[];
    foreignKeys?: object[];
  };

  it("has the type of each column", () => {
    expect(Object.fromEntries(made.fields.map(({ name, type }) => [name, type]))).toEqual({
      ...{
        id: "string",
        n: "integer",
        mixed: "number",
        any: "string",
        day: "date",
        about: "string",
        about_start: "date",
        about_end: "date",
      },
      ...{ kind: "string", of: "string", count: "integer", list: "string", tree: "string", note: "string" },
      ...Object.fromEntries(made.fields.filter(({ name }) => name.endsWith("_label")).map(({ name }) => [name, "string"])),
    });
  });

  it("has required columns and allowed values, as in the CSV", () => {
    const constraints = Object.fromEntries(made.fields.flatMap((field) => (field.constraints ? [[field.name, field.constraints]] : [])));
    expect(constraints).toMatchObject({ id: { required: true }, n: { required: true }, kind: { required: true, enum: ["'=a", "b"] } });
    expect(constraints).not.toHaveProperty("day");
    expect(made.fields.filter(({ missingValues }) => missingValues).map(({ name }) => name)).toEqual(["of"]);
  });

  it("explains lists, and refers to tables with a key of the same type", () => {
    expect(made.fields.find(({ name }) => name === "list")?.description).toMatch(/^All\. A list, joined with ; /);
    expect(made.foreignKeys).toEqual([{ fields: ["of"], reference: { resource: "others", fields: ["id"] } }]);
    expect(made).toMatchObject({ primaryKey: ["id"], missingValues: [""] });
    const bare = tableSchema({ layout: 2, columns: others.columns, primaryKey: [], plans: [] });
    expect(bare).not.toHaveProperty("primaryKey");
    expect(bare).not.toHaveProperty("foreignKeys");
    const composite = { ...others, primaryKey: ["id", "n"] };
    expect(tableSchema({ layout: 2, columns: plan.columns, primaryKey: ["id"], plans: [composite] })).not.toHaveProperty("foreignKeys");
  });
});
