import { describe, expect, it } from "vitest";
import { countPublished } from "../../../lib/release/count-published.ts";

describe("countPublished", () => {
  it.each([
    ["facts", "fact"],
    ["legal entities", "legal entity"],
    ["People", "person"],
    ["series", "series"],
    ["newspapers", "newspaper"],
    ["classes", "class"],
    ["boxes", "box"],
    ["churches", "church"],
    ["statuses", "status"],
    ["analyses", "analysis"],
    ["names", "name"],
    ["movies", "movie"],
    ["gas", "ga"],
    ["status", "status"],
    ["basis", "basis"],
    ["news", "news"],
    ["fish", "fish"],
    ["constructor", "constructor"],
    ["volcanoes", "volcanoe"],
    ["history", "history"],
  ])("counts one of %s as 1 %s", (many, one) => {
    expect([countPublished(1, many), countPublished(4, many)]).toEqual([`1 ${one}`, `4 ${many}`]);
  });
});
