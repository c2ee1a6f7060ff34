import { describe, expect, it } from "vitest";
import { facetName } from "../../../../lib/site/explorer/facet-name.ts";

describe("facetName", () => {
  it("name no filter like another parameter of the address", () => {
    expect(["q", "sort", "page", "conflicts", "name"].map(facetName)).toEqual(["q_", "sort_", "page_", "conflicts_", "name"]);
  });
});
