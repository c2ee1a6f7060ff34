import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../lib/dataset/dataset.ts";
import { withoutViews } from "../../../lib/dataset/without-views.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";
import { rootOf, tableOf } from "./small-schema.ts";

describe("withoutViews", () => {
  const schema = rootOf({ facts: tableOf({}), counts: tableOf({}) });
  const plans = ["facts", "counts"].map((name) => planTable(name, schema));
  const files = new Map();
  const dataset = (views: string[]) => ({ schema, plans, files, views: views.map((name) => ({ name })) }) as unknown as Dataset;

  it("removes the tables that are views", () => {
    const without = withoutViews(dataset(["counts"]));
    expect(without.plans.map(({ name }) => name)).toEqual(["facts"]);
    expect(without.schema).toEqual(rootOf({ facts: tableOf({}) }));
    expect(without.files).toBe(files);
    expect(schema.properties).toHaveProperty("counts");
  });

  it("returns the dataset unchanged if it has no views", () => {
    expect(withoutViews(dataset([]))).toEqual({ plans, files, schema });
    expect(withoutViews(dataset([])).schema).toBe(schema);
  });
});
