import { describe, expect, it } from "vitest";
import { findEnd } from "../../../lib/check/find-end.ts";
import { MissingCommitError } from "../../../lib/ports/missing-commit-error.ts";
import type { Source } from "../../../lib/ports/ports.ts";
import { memorySource } from "../../memory-source.ts";
import { dataset, metadata, SCHEMA, text } from "./empty-dataset.ts";

describe("findEnd", () => {
  const present = (...others: [string, Source][]) => new Map(others);
  const gone: Source = {
    list: () => Promise.reject(new MissingCommitError("x")),
    // biome-ignore lint/correctness/useYield: It fails before.
    async *read() {
      throw new Error("It lists before it reads");
    },
  };

  it("finds the end in the last state, or in the dataset that continues it", async () => {
    expect(await findEnd("d", dataset("d", { version: "1.0.0", ended: "Merged" }), present())).toStrictEqual({ reason: "Merged" });
    expect(await findEnd("d", dataset("d", { version: "1.0.0" }), present())).toStrictEqual({});
    expect(await findEnd("d", dataset("d"), present())).toStrictEqual({ isDraft: true });
    expect(await findEnd("d", dataset("d", { ended: "Merged" }), present())).toStrictEqual({ reason: "Merged", isDraft: true });
    const others = present(["gone", gone], ["other", dataset("other", { continues: "x" })], ["e", dataset("e", { continues: "d" })]);
    expect(await findEnd("d", dataset("d", { version: "1.0.0" }), others)).toStrictEqual({ continuedAs: "e" });
    expect(await findEnd("d", memorySource({ "dataset.json": "{" }), present())).toStrictEqual({});
  });

  it("finds the end in a successor with problems that earlier versions overlooked", async () => {
    const { t } = SCHEMA.properties;
    const items = { ...t.items, properties: { id: { ...text, role: "sujet" } } };
    const other = memorySource({
      "dataset.json": metadata("e", { continues: "d" }),
      "schema.json": { ...SCHEMA, properties: { t: { ...t, items } } },
      "t.json": "[]",
    });
    expect(await findEnd("d", dataset("d", { version: "1.0.0" }), present(["e", other]))).toStrictEqual({ continuedAs: "e" });
  });

  it("fails when another dataset cannot be read", async () => {
    const broken = { ...gone, list: () => Promise.reject(new Error("reset")) };
    await expect(findEnd("d", dataset("d"), present(["e", broken]))).rejects.toThrow("reset");
  });
});
