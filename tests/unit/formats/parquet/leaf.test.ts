import { describe, expect, it } from "vitest";
import { leafColumns } from "../../../../lib/formats/parquet/leaf.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";

/** The columns of a table with these properties: name → type in Parquet's notation. */
function leaves(properties: Record<string, Schema>, required: string[] = []): Record<string, string> {
  const entities = {
    type: "array",
    primaryKey: ["id"],
    items: { type: "object", properties: { id: { type: "string" }, label: { type: "string" } } },
  };
  const rows = { type: "array", items: { type: "object", required, properties } };
  const found = leafColumns(planTable("rows", { properties: { entities, rows } }));
  return Object.fromEntries(
    found.map(({ name, physical, logical, scale, isList, isRequired, hasAllItems }) => {
      const value = `${physical}${logical ? ` ${logical}` : ""}${scale === undefined ? "" : `(${scale})`}`;
      return [name, `${isRequired ? "required" : "optional"} ${isList ? `list of ${hasAllItems ? "required" : "optional"} ` : ""}${value}`];
    }),
  );
}

describe("columns of a Parquet file", () => {
  it.each<[string, Schema, string]>([
    ["a text", { type: "string" }, "bytes string"],
    ["a whole number", { type: "integer" }, "int64"],
    ["a number", { type: "number" }, "double"],
    ["true or false", { type: "boolean" }, "boolean"],
    ["a full date", { type: "string", format: "date" }, "int32 date"],
    ["a date and time", { type: "string", format: "date-time" }, "bytes string"],
    ["listed texts", { enum: ["a", "b"] }, "bytes string"],
    ["listed whole numbers", { enum: [1, 2] }, "int64"],
    ["listed numbers", { enum: [1, 2.5] }, "double"],
    ["listed values of several kinds", { enum: ["a", 1] }, "bytes json"],
    ["one fixed number", { const: 1.5 }, "double"],
    ["a whole number or any number", { type: ["integer", "number"] }, "double"],
    ["a text or a number", { type: ["string", "number"] }, "bytes json"],
    ["an object without properties", { type: "object" }, "bytes json"],
    ["a list of lists", { type: "array", items: { type: "array" } }, "bytes json"],
    ["anything", {}, "bytes json"],
    ["cents between bounds", { type: "number", multipleOf: 0.01, minimum: 0, maximum: 1e9 }, "int64 decimal(2)"],
    ["thousandths between bounds", { type: "number", multipleOf: 0.001, minimum: -1e6, maximum: 1e6 }, "int64 decimal(3)"],
    ["cents without bounds", { type: "number", multipleOf: 0.01 }, "double"],
    ["more digits than a double can represent", { type: "number", multipleOf: 0.01, minimum: 0, maximum: 1e14 }, "double"],
    ["multiples of a quarter", { type: "number", multipleOf: 0.25, minimum: 0, maximum: 10 }, "double"],
  ])("%s", (_what, schema, type) => {
    expect(leaves({ value: schema })).toEqual({ value: `optional ${type}` });
  });

  it.each<[string, Schema, string]>([
    ["a value in every record", { type: "integer" }, "required int64"],
    ["a value that may be null", { type: ["integer", "null"] }, "optional int64"],
    ["a listed value that may be null", { enum: ["a", null] }, "optional bytes string"],
    ["anything, which may be null", {}, "optional bytes json"],
    ["a list", { type: "array", items: { type: "integer" } }, "required list of required int64"],
    ["a list with items that may be null", { type: "array", items: { type: ["integer", "null"] } }, "required list of optional int64"],
    ["a list that may be null", { type: ["array", "null"], items: { type: "integer" } }, "optional list of required int64"],
    ["a list of dates", { type: "array", items: { type: "string", format: "date" } }, "required list of required int32 date"],
  ])("required: %s", (_what, schema, type) => {
    expect(leaves({ value: schema }, ["value"])).toEqual({ value: type });
  });

  it("flatten objects, and have the days of a date and the label of a reference", () => {
    const schema = {
      type: "object",
      display: "{}",
      required: ["min"],
      properties: { min: { type: "number" }, date: { type: "string", format: "edtf" }, entity: { type: "string", references: "entities" } },
    };
    expect(leaves({ value: schema }, ["value"])).toEqual({
      value: "optional bytes string",
      value_min: "required double",
      value_date: "optional bytes string",
      value_date_start: "optional int32 date",
      value_date_end: "optional int32 date",
      value_entity: "optional bytes string",
      value_entity_label: "optional bytes string",
    });
  });

  it("have no required values in an object that may be null", () => {
    const value = { required: ["min"], properties: { min: { type: "number" } } };
    expect(leaves({ value: { ...value, type: ["object", "null"] } }, ["value"])).toEqual({ value_min: "optional double" });
    expect(leaves({ value: { ...value, type: "object" } }, ["value"])).toEqual({ value_min: "required double" });
    expect(leaves({ value: { ...value, type: "object" } })).toEqual({ value_min: "optional double" });
  });

  it("store a list of objects as one list for each property", () => {
    const item = {
      type: "object",
      required: ["source"],
      properties: { source: { type: "string", references: "entities" }, page: { type: "integer" } },
    };
    expect(leaves({ notes: { type: "array", items: item } }, ["notes"])).toEqual({
      notes_source: "required list of optional bytes string",
      notes_source_label: "optional list of optional bytes string",
      notes_page: "required list of optional int64",
    });
  });
});
