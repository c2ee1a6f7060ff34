import { describe, expect, it } from "vitest";
import { ALIASES_KEY } from "../../../lib/contract/aliases-key.ts";
import { catalogueKey } from "../../../lib/contract/catalogue-key.ts";
import { RESERVED_DATASET_NAMES } from "../../../lib/contract/dataset-name.ts";
import { feedKey } from "../../../lib/contract/feed-key.ts";

describe("catalogueKey", () => {
  it("is an address that readers rely on", () => {
    expect([catalogueKey("rivers"), feedKey("rivers"), ALIASES_KEY]).toEqual([
      "rivers/releases.json",
      "rivers/feed.xml",
      ".factpress/aliases.json",
    ]);
    expect([...RESERVED_DATASET_NAMES].sort()).toEqual(["assets", "pages", "preview", "verify"]);
  });
});
