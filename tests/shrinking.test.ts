import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { copiesOf, factpress, write } from "./scratch.ts";

interface River {
  id: string;
  rank?: string;
  replacedBy?: string;
}
const rivers = (from: number, to: number, more: object = {}): River[] =>
  Array.from({ length: to - from }, (_, i) => ({ id: `r${from + i}`, ...more }));

const dataset = (records: River[], release: object = {}): Record<string, unknown> => ({
  "dataset.json": {
    name: "small",
    title: "Small",
    description: "Rivers.",
    licenses: [{ name: "CC0-1.0" }],
    release: { version: "1.0.0", records: "may-go", ...release },
  },
  "schema.json": {
    type: "object",
    properties: {
      rivers: {
        type: "array",
        primaryKey: ["id"],
        items: {
          type: "object",
          required: ["id"],
          properties: {
            id: { type: "string" },
            rank: { enum: ["preferred", "normal", "deprecated"], role: "rank" },
            replacedBy: { type: "string", references: "rivers" },
          },
        },
      },
    },
  },
  "rivers.json": records,
});

/** A store with a release of some rivers, and a branch that is about to change them. */
const releaseOf = (records: River[]) =>
  copiesOf(async ({ folder, git, commit }) => {
    await write(join(folder, "data/small"), dataset(records));
    await commit("first", "2024-01-01T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    await git("checkout", "-q", "-b", "change");
  });
/** 100 rivers, five of them deprecated. */
const copyOfHundred = releaseOf([...rivers(0, 95), ...rivers(95, 100, { rank: "deprecated" })]);
const copyOfUsed = releaseOf(rivers(0, 95));
const copyOfReplaced = releaseOf([...rivers(0, 50), ...rivers(50, 75, { replacedBy: "r0" })]);

async function released(copyOf = copyOfHundred) {
  const made = await copyOf();
  return { ...made, data: join(made.folder, "data/small") };
}

const SAYS = /dataset\.json\n {2}The change removes or deprecates 20 of 95 rivers, more than 10 %\n {2}.*"shrinks": \{ "rivers": 75 \}/;

describe("a change that removes many records", () => {
  it.each([
    ["removes", [...rivers(0, 75), ...rivers(95, 100, { rank: "deprecated" })]],
    ["deprecates", [...rivers(0, 75), ...rivers(75, 100, { rank: "deprecated" })]],
    ["removes and adds", [...rivers(0, 75), ...rivers(95, 100, { rank: "deprecated" }), ...rivers(200, 220)], 95],
  ])("fails when it %s a fifth, unless that is confirmed", async (_name, records, left = 75) => {
    const { folder, data } = await released();
    await write(data, dataset(records));
    const against = [[], ["--against", "store"]];
    for (const option of against) {
      const { code, out } = await factpress(folder, "check", ...option);
      expect([code, out]).toEqual([1, expect.stringMatching(new RegExp(SAYS.source.replace("75", String(left))))]);
    }
    await write(data, dataset(records, { shrinks: { rivers: left } }));
    for (const option of against) expect((await factpress(folder, "check", ...option)).code).toBe(0);
    await write(data, dataset(records, { shrinks: { rivers: left + 1 } }));
    expect((await factpress(folder, "check")).code).toBe(1);
    await write(data, dataset(records, { shrinkPercent: 30 }));
    expect((await factpress(folder, "check")).code).toBe(0);
  });

  it("is not published until it is confirmed; a confirmation does not cover the next change", async () => {
    const { folder, git, commit, data } = await released(copyOfUsed);
    await git("checkout", "-q", "main");
    const publish = async (records: River[], release: object, day: number): Promise<string> => {
      await write(data, dataset(records, release));
      await commit("a change", `2024-02-0${day}T00:00:00Z`);
      return (await factpress(folder, "publish", "--store", "store")).out;
    };
    expect(await publish(rivers(0, 75), {}, 1)).toMatch(
      /the tip of the branch is refused .*\n {2}- dataset\.json: The change removes or deprecates 20 of 95/,
    );
    expect(await publish(rivers(0, 75), { shrinks: { rivers: 75 } }, 2)).toContain("small 1.1.0  minor: 20 rivers removed");
    expect(await publish(rivers(0, 50), { shrinks: { rivers: 75 } }, 3)).toContain("removes or deprecates 25 of 75 rivers");
  });

  it("may be small, or replace records with others", async () => {
    const { folder, data } = await released(copyOfReplaced);
    await write(data, dataset(rivers(0, 50)));
    expect((await factpress(folder, "check")).code).toBe(0);
    await write(data, dataset([...rivers(9, 50), ...rivers(50, 75, { replacedBy: "r10" })]));
    expect((await factpress(folder, "check")).out).toContain("9 removed");
    expect((await factpress(folder, "check")).code).toBe(0);
  });
});
