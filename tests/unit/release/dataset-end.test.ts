import { describe, expect, it } from "vitest";
import { checkAgainst } from "../../../lib/json/check-against.ts";
import { DATASET_ENDS, type DatasetEnd, datasetEndSentence, findDatasetEnd } from "../../../lib/release/dataset-end.ts";

const end: DatasetEnd = { date: "2026-01-02T03:04:05Z", commit: "c" };

describe("datasetEndSentence", () => {
  it.each(["Merged into rivers", "Merged into rivers.", "Merged into rivers. ", "Merged into rivers..\n"])(
    "ends %j with one full stop",
    (reason) => {
      expect(datasetEndSentence(reason)).toBe("Merged into rivers.");
    },
  );

  it("keeps full stops within", () => {
    expect(datasetEndSentence("See v. 2. It continues")).toBe("See v. 2. It continues.");
  });
});

describe("findDatasetEnd", () => {
  it("is the end of that dataset, unless it is back", () => {
    expect(findDatasetEnd({ rivers: end }, "rivers")).toBe(end);
    expect(findDatasetEnd({ rivers: { ...end, isBack: true } }, "rivers")).toBeUndefined();
    expect(findDatasetEnd({ rivers: end }, "lakes")).toBeUndefined();
    expect(findDatasetEnd(undefined, "rivers")).toBeUndefined();
  });

  it("ignores properties that every object has", () => {
    expect(findDatasetEnd({}, "constructor")).toBeUndefined();
  });
});

describe("DATASET_ENDS", () => {
  const isValid = (ends: unknown): boolean => checkAgainst(DATASET_ENDS)(ends).length === 0;
  it("accepts ends with and without a reason", () => {
    for (const ends of [{}, { rivers: end }, { rivers: { ...end, date: null, reason: "x", continuedAs: "lakes", isBack: true } }])
      expect(isValid(ends)).toBe(true);
  });

  it.each([
    [[]],
    [{ rivers: null }],
    [{ rivers: { date: null } }],
    [{ rivers: { commit: "c" } }],
    [{ rivers: { ...end, date: 1 } }],
    [{ rivers: { ...end, commit: null } }],
    [{ rivers: { ...end, reason: 1 } }],
    [{ rivers: { ...end, continuedAs: 1 } }],
    [{ rivers: { ...end, isBack: false } }],
  ])("refuses %j", (ends) => {
    expect(isValid(ends)).toBe(false);
  });
});
