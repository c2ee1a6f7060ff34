import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { factpress, scratch, write } from "./scratch.ts";

it("publishes an unrelated dataset with composite keys and no facts in it", async () => {
  const folder = await scratch();
  await write(join(folder, "data/bus-stops"), {
    "dataset.json": {
      name: "bus-stops",
      title: "Bus stops <b>&</b> lines",
      description: "Where buses stop.",
      licenses: [{ name: "ODbL-1.0" }],
      release: { version: "3.2.1" },
    },
    "schema.json": {
      $defs: { code: { type: "string", pattern: "^[A-Z]+$" } },
      type: "object",
      properties: {
        stops: {
          type: "array",
          primaryKey: ["city", "code"],
          items: {
            type: "object",
            required: ["city", "code"],
            properties: {
              city: { type: "string" },
              code: { $ref: "#/$defs/code" },
              place: { type: "object", properties: { lat: { type: "number" }, lon: { type: "number" } } },
            },
          },
        },
        lines: {
          type: "array",
          primaryKey: ["number"],
          items: {
            type: "object",
            required: ["number"],
            properties: { number: { type: "integer" }, name: { type: "string" }, calls: { type: "array", items: { type: "string" } } },
          },
        },
      },
    },
    "stops/a.json": [{ city: "Ulm", code: "A", place: { lat: 48.4, lon: 9.9 } }],
    "stops/b.json": [
      { city: "Ulm", code: "B" },
      { city: "Bonn", code: "A" },
    ],
    "lines.json": [{ number: 1, name: "<script>alert(1)</script>", calls: ["A", "B"] }],
  });
  expect((await factpress(folder, "publish", "--store", "store")).out).toContain("bus-stops 3.2.1  first release");
  const release = join(folder, "store/bus-stops/3.2.1");
  expect(readFileSync(join(release, "stops.csv"), "utf8")).toBe(
    "city,code,place_lat,place_lon\r\nUlm,A,48.4,9.9\r\nUlm,B,,\r\nBonn,A,,\r\n",
  );
  const page = readFileSync(join(folder, "store/pages/bus-stops/index.html"), "utf8");
  expect(page).toContain("Bus stops &lt;b>&amp;&lt;/b> lines");
  expect(page).not.toContain("<script>");
});

it("creates a small valid dataset with factpress new, and overwrites nothing", async () => {
  const folder = await scratch();
  expect((await factpress(folder, "new", "my-things")).code).toBe(0);
  expect((await factpress(folder, "check")).out).toContain("data/my-things  no problems: 1 thing");
  expect((await factpress(folder, "new", "my-things")).code).toBe(2);
  expect((await factpress(folder, "new", "My Things")).code).toBe(2);
  const about = join(folder, "data/my-things/dataset.json");
  const released = { ...(JSON.parse(readFileSync(about, "utf8")) as object), description: "Mine.", licenses: [{ name: "CC0-1.0" }] };
  writeFileSync(about, JSON.stringify({ ...released, release: { version: "1.0.0" } }));
  const schema = join(folder, "data/my-things/schema.json");
  writeFileSync(schema, readFileSync(schema, "utf8").replace("One row is one thing.", "Things of mine."));
  const said = '"First thing" is the example of a new dataset';
  expect((await factpress(folder, "check")).out).toContain(said);
  const refused = await factpress(folder, "publish", "--store", "store");
  expect([refused.code, refused.out]).toEqual([1, expect.stringContaining(said)]);
});
