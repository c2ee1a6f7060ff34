import { describe, expect, it } from "vitest";
import { nextLayout } from "../../../lib/build/next-layout.ts";
import { readDataset } from "../../../lib/check/read-dataset.ts";
import { FIRST_LAYOUT, LAYOUT } from "../../../lib/contract/layout.ts";
import type { Dataset } from "../../../lib/dataset/dataset.ts";
import type { Source } from "../../../lib/ports/ports.ts";
import { RUNTIME } from "../../runtime.ts";

const TEXT = { type: "string" };

/** A dataset of one table, whose releases have reached a version. */
async function opened(records: object[], properties: object = {}, version = "1.0.0"): Promise<{ dataset: Dataset; source: Source }> {
  const files: Record<string, unknown> = {
    "dataset.json": { name: "d", title: "D", description: "Text.", licenses: [{ name: "CC0-1.0" }], release: { version } },
    "schema.json": {
      type: "object",
      properties: {
        t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: TEXT, ...properties } } },
      },
    },
    "t.json": records,
  };
  const texts = new Map(Object.entries(files).map(([path, value]) => [path, Buffer.from(JSON.stringify(value))]));
  const source: Source = {
    list: async () => [...texts].map(([path, { length }]) => ({ path, bytes: length })),
    async *read(path) {
      yield texts.get(path) as Buffer;
    },
  };
  const { dataset, problems } = await readDataset(source, undefined, { layout: FIRST_LAYOUT });
  if (!dataset) throw new Error(problems[0]?.message);
  return { dataset, source };
}

const shows = async (records: object[], properties: object = {}): Promise<boolean> => {
  const { dataset, source } = await opened(records, properties);
  return (await nextLayout({ dataset, source, runtime: RUNTIME }, { newest: { version: "1.0.0" }, rebuilt: LAYOUT })).shows;
};

describe("what readers see of a layout", () => {
  it.each<[string, object[], object?]>([
    ["a number as text", [{ id: "+297" }]],
    ["a lone sign", [{ id: "-" }]],
    ["text after a semicolon", [{ id: "a;=b" }]],
    ["an item of a list", [{ id: "a", l: ["x", "=y"] }], { l: { type: "array", items: TEXT } }],
    ["the name of a column", [{ id: "a" }], { "=x": TEXT }],
    ["a column of several types", [], { x: { type: ["integer", "string"] } }],
    ["a whole number of many digits", [{ id: "a", n: 1e21 }], { n: { type: "integer" } }],
    ["an allowed value", [], { x: { enum: ["=1", "b"] } }],
  ])("sees %s", async (_what, records, properties) => {
    expect(await shows(records, properties)).toBe(true);
  });

  it("shows no difference in formulas, plain text and numbers", async () => {
    const properties = { n: { type: "number" }, l: { type: "array", items: TEXT }, e: { enum: ["a", null] } };
    expect(await shows([{ id: "=1+2", n: -5, l: ["a", "b;c"], e: "a" }, { id: "'q" }, { id: "plain" }], properties)).toBe(false);
  });
});

describe("nextLayout", () => {
  const next = async (records: object[], newest: { version: string; layout?: number } | undefined, version?: string) => {
    const { dataset, source } = await opened(records, {}, version);
    return nextLayout({ dataset, source, runtime: RUNTIME }, { newest });
  };
  const SEEN = [{ id: "+297" }];

  it("is the newest for a first release", async () => {
    expect(await next(SEEN, undefined)).toEqual({ layout: LAYOUT, shows: false });
  });

  it("stays while readers would see the difference", async () => {
    expect(await next(SEEN, { version: "1.4.0" })).toEqual({ layout: FIRST_LAYOUT, shows: false });
    expect(await next(SEEN, { version: "1.4.0", layout: FIRST_LAYOUT }, "1.9.0")).toEqual({ layout: FIRST_LAYOUT, shows: false });
  });

  it("is the newest, visibly, with an announced major version", async () => {
    expect(await next(SEEN, { version: "1.4.0" }, "2.0.0")).toEqual({ layout: LAYOUT, shows: true });
    expect(await next([{ id: "a" }], { version: "1.4.0" }, "2.0.0")).toEqual({ layout: LAYOUT, shows: false });
  });

  it("is the newest at once if the difference is not visible, and stays the newest", async () => {
    expect(await next([{ id: "a" }], { version: "1.4.0" })).toEqual({ layout: LAYOUT, shows: false });
    expect(await next(SEEN, { version: "1.4.0", layout: LAYOUT })).toEqual({ layout: LAYOUT, shows: false });
  });

  it("is the newest if records break a newer rule, so that the caller finds the problem", async () => {
    expect(await next([{ id: "a" }, { id: "A" }], { version: "1.4.0" })).toEqual({ layout: LAYOUT, shows: false });
  });

  it("is the layout of a release that is rebuilt", async () => {
    const { dataset, source } = await opened(SEEN);
    const again = (last: number, rebuilt: number) =>
      nextLayout({ dataset, source, runtime: RUNTIME }, { newest: { version: "1.0.0", layout: last }, rebuilt });
    expect(await again(FIRST_LAYOUT, FIRST_LAYOUT)).toEqual({ layout: FIRST_LAYOUT, shows: false });
    expect(await again(FIRST_LAYOUT, LAYOUT)).toEqual({ layout: LAYOUT, shows: true });
    expect(await again(LAYOUT, LAYOUT)).toEqual({ layout: LAYOUT, shows: false });
    expect(await nextLayout({ dataset, source, runtime: RUNTIME }, { newest: undefined, rebuilt: FIRST_LAYOUT })).toEqual({
      layout: FIRST_LAYOUT,
      shows: false,
    });
  });

  it("fails when a newer version published the newest release, and says to upgrade", async () => {
    await expect(next([], { version: "1.4.0", layout: LAYOUT + 1 })).rejects.toThrow(
      `d 1.4.0 was published by a newer Factpress (layout ${LAYOUT + 1}; this one knows layouts up to ${LAYOUT}). Upgrade Factpress, and publish again.`,
    );
  });
});
