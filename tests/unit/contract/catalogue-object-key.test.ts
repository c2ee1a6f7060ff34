import { describe, expect, it } from "vitest";
import { ALIASES_OBJECT_KEY } from "../../../lib/contract/aliases-object-key.ts";
import { catalogueObjectKey } from "../../../lib/contract/catalogue-object-key.ts";
import { RESERVED_DATASET_NAMES } from "../../../lib/contract/dataset-name.ts";
import { feedObjectKey } from "../../../lib/contract/feed-object-key.ts";

describe("catalogueObjectKey", () => {
  it("is an address that readers rely on", () => {
    expect([catalogueObjectKey("rivers"), feedObjectKey("rivers"), ALIASES_OBJECT_KEY]).toEqual([
      "rivers/releases.json",
      "rivers/feed.xml",
      ".factpress/aliases.json",
    ]);
    expect([...RESERVED_DATASET_NAMES].sort()).toEqual(["assets", "pages", "preview", "verify"]);
  });
});
