import { describe, expect, it } from "vitest";
import { formatsAmong } from "../../../lib/formats/formats-among.ts";
import { listFormatFiles } from "../../../lib/formats/list-format-files.ts";
import { plansWithColumnIds } from "../../../lib/formats/plans-with-column-ids.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planOf } from "./plan-of.ts";

const text: Schema = { type: "string" };

describe("listFormatFiles", () => {
  it("lists the files of each table, of all tables, and archives", () => {
    const plans = [planOf({ parts: { type: "array", items: { type: "object", properties: { of: text } } } }), planOf({}, "u")];
    const metadata = { name: "d" };
    const names = (formats: string[]): string[] => listFormatFiles({ metadata, plans, formats }).map(({ name }) => name);
    expect(names(["csv", "json"])).toEqual(["t.csv", "t_parts.csv", "t.json", "u.csv", "u.json"]);
    expect(names(["zip", "sqlite", "ndjson"])).toEqual(["t.ndjson", "u.ndjson", "d.sqlite", expect.stringMatching(/^d.*\.zip$/)]);
    expect(names([])).toEqual([]);
    expect(
      listFormatFiles({ metadata, plans, formats: ["csv"] }).map((file) => ("link" in file && file.link ? file.link.name : undefined)),
    ).toEqual([undefined, "t_parts", undefined]);
    expect(formatsAmong({ metadata, plans }, new Set(["t_parts.csv", "d.sqlite", "other.json"]))).toEqual(["csv", "sqlite"]);
    expect(formatsAmong({ metadata, plans }, new Set())).toEqual([]);
    expect([
      plansWithColumnIds({ metadata, plans, formats: ["parquet"] }),
      plansWithColumnIds({ metadata, plans, formats: ["csv", "sqlite"] }),
    ]).toEqual([plans, []]);
  });
});
