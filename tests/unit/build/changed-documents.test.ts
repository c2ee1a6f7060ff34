import { describe, expect, it } from "vitest";
import { changedDocuments } from "../../../lib/build/changed-documents.ts";

describe("changedDocuments", () => {
  const side = (title: string, schema: object = {}, license = "free") =>
    ({ shape: { package: { name: "d", title, resources: [], layout: 2, version: title }, schema }, license }) as never;
  it("returns the documents that differ: metadata, schema and licence", () => {
    expect(changedDocuments(side("A"), side("A"))).toEqual({});
    expect(changedDocuments(side("A"), side("B"))).toEqual({ dataset: expect.objectContaining({ title: "B" }) });
    expect(changedDocuments(side("A"), side("A", { type: "object" }))).toEqual({ schema: { type: "object" } });
    expect(changedDocuments(side("A"), side("A", {}, "paid"))).toEqual({ license: "paid" });
  });
});
