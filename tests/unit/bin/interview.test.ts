import { describe, expect, it } from "vitest";
import type { Answers } from "../../../bin/answers.ts";
import { Interview, type KnownValues } from "../../../bin/interview.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";
import { printed } from "../../printed.ts";

const text: Schema = { type: "string" };

/** Prompts for a record with these properties. Returns the output, the record, and the completions of each answer. */
async function asked(
  properties: Record<string, Schema>,
  answers: string[],
  { required = [] as string[], known = {} as Partial<KnownValues>, later = [] as string[] } = {},
) {
  const completions: (readonly string[])[] = [];
  const left = [...answers];
  const next = async (choices: readonly string[] = []): Promise<string> => {
    completions.push(choices);
    const answer = left.shift();
    if (answer === undefined) throw new Error("There is no answer left");
    return answer;
  };
  const plan = planTable("t", {
    type: "object",
    properties: {
      t: {
        type: "array",
        primaryKey: ["id"],
        items: { type: "object", required, additionalProperties: false, properties: { ...properties } },
      },
    },
  });
  const interview = new Interview({ next } as Answers, plan, { labels: new Map(), valuesAt: () => [], ...known });
  const out = await printed(() => interview.all(later));
  expect(left).toEqual([]);
  return { record: interview.record, out, lines: out.split("\n"), completions };
}

describe("an interview", () => {
  it("asks for every property, and skips properties without an answer", async () => {
    const { record, lines } = await asked(
      { id: { ...text, title: "Key", description: "Names it." }, note: text, n: { type: "integer", examples: [7] } as Schema },
      ["a", "", "12"],
      { required: ["id"] },
    );
    expect(record).toEqual({ id: "a", n: 12 });
    expect(lines).toEqual(["", "Key", "  Names it.", "", "note  (Enter skips it)", "", "n  (Enter skips it)", "  For example 7", ""]);
  });

  it("asks again until an answer is valid", async () => {
    const { record, out, lines } = await asked({ id: { ...text, pattern: "^[a-z]$" }, n: { type: "integer" } }, ["", "A", "b", "x", "3"], {
      required: ["id", "n"],
    });
    expect(record).toEqual({ id: "b", n: 3 });
    expect(lines.filter((line) => line === "  This is required")).toHaveLength(1);
    expect(out).toMatch(/"A"/);
    expect(out).toMatch(/"x"/);
  });

  it("skips properties that are asked later", async () => {
    expect((await asked({ id: text, of: text }, ["a"], { required: ["id", "of"], later: ["of"] })).record).toEqual({ id: "a" });
  });

  it("lists allowed values, and completes them", async () => {
    const values = Array.from({ length: 14 }, (_, i) => `v${i}`);
    const { lines, completions, record } = await asked({ few: { enum: ["a", "b", null] } as Schema, many: { ...text, enum: values } }, [
      "b",
      "v13",
    ]);
    expect(record).toEqual({ few: "b", many: "v13" });
    expect(lines).toContain("  One of: a, b");
    expect(lines).toContain(`  One of: ${values.slice(0, 12).join(", ")}, …; Tab shows all`);
    expect(completions).toEqual([["a", "b"], values]);
  });

  it("completes yes and no, and values of other records", async () => {
    const known = { valuesAt: (path: readonly (string | number)[]) => (path.join(".") === "place" ? ["Rome"] : []) };
    const { completions, record } = await asked({ isOpen: { type: "boolean" }, place: text }, ["yes", "Paris"], { known });
    expect(record).toEqual({ isOpen: true, place: "Paris" });
    expect(completions).toEqual([["yes", "no"], ["Rome"]]);
  });

  describe("about a reference", () => {
    const known = {
      labels: new Map([
        [
          "rivers",
          new Map([
            ["rhine", "Rhine"],
            ["elbe", "Elbe"],
            ["elbe2", "elbe"],
          ]),
        ],
      ]),
    };
    const river = { ...text, references: "rivers" };

    it("accepts a key, or a label of one record", async () => {
      const { record, lines, completions } = await asked({ river }, ["RHINE"], { known });
      expect(record).toEqual({ river: "rhine" });
      expect(lines).toContain("  A key of rivers, or its label; Tab completes.");
      expect(lines).toContain("  rhine");
      expect(completions).toEqual([["rhine", "elbe", "elbe2"]]);
      expect((await asked({ river }, ["elbe"], { known })).record).toEqual({ river: "elbe" });
    });

    it("asks whether to use a key that does not exist", async () => {
      const { record, lines } = await asked({ river }, ["rine", "", "nile", "y"], { known });
      expect(record).toEqual({ river: "nile" });
      expect(lines).toContain('  There is no "rine" in rivers. Did you mean "rhine"?');
      expect(lines).toContain('  There is no "nile" in rivers');
      expect(lines).toContain("  Use it anyway, and add it to rivers afterwards? (y, or Enter for no)");
    });

    it("accepts any key of an unknown table", async () => {
      expect((await asked({ river }, ["nile"])).record).toEqual({ river: "nile" });
    });
  });

  it("reads a list until an empty line", async () => {
    const list: Schema = { type: "array", items: { ...text, pattern: "^[a-z]$" } };
    const { record, out } = await asked({ list }, ["a", "B", "b", ""]);
    expect(record).toEqual({ list: ["a", "b"] });
    expect(out).toContain("  One a line; an empty line ends the list.");
    expect((await asked({ list }, [""])).record).toEqual({});
    const needed = await asked({ list: { ...list, minItems: 1 } as Schema }, ["", "a", ""], { required: ["list"] });
    expect(needed.record).toEqual({ list: ["a"] });
    expect(needed.lines).toContain("  At least one is required");
  });

  it("asks for objects of a list one after the other", async () => {
    const parts: Schema = { type: "array", items: { type: "object", required: ["of"], properties: { of: text, note: text } } };
    const { record, lines } = await asked({ id: text, parts }, ["k", "y", "a", "", "y", "b", "note", "words", "n"]);
    expect(record).toEqual({ id: "k", parts: [{ of: "a" }, { of: "b", note: "words" }] });
    expect(lines).toContain("  Do you want to give one? (y, or Enter for no)");
    expect(lines).toContain("  Another one? (y, or Enter for no)");
    expect(lines).toContain("  Which of: note? (Enter for none; several with commas)");
    expect((await asked({ id: text, parts }, ["k", ""])).record).toEqual({ id: "k" });
    expect((await asked({ id: text, parts }, ["k", "a", "", ""], { required: ["parts"] })).record).toEqual({
      id: "k",
      parts: [{ of: "a" }],
    });
  });

  it("asks which optional properties of an object to add", async () => {
    const value: Schema = { type: "object", minProperties: 1, properties: { day: text, place: text } } as Schema;
    const { record, lines } = await asked({ value }, ["", "dya", "place, day", "2020", "Rome"], { required: ["value"] });
    expect(record).toEqual({ value: { day: "2020", place: "Rome" } });
    expect(lines).toContain("  Which of: day, place? (several with commas)");
    expect(lines).toContain("  At least one is required");
    expect(lines).toContain('  "dya" is not one of them. Did you mean "day"?');
    expect((await asked({ value }, ["n"])).record).toEqual({});
    expect((await asked({ value }, ["y", "day", "2020"])).record).toEqual({ value: { day: "2020" } });
  });
});
