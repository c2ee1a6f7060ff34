import { describe, expect, it } from "vitest";
import { NearWords } from "../../../../lib/site/explorer/near-words.ts";

describe("NearWords", () => {
  it.each([
    ["kazakstan", "kazakhstan and mali", "kazakhstan"],
    ["kazakhsatn", "kazakhstan", "kazakhstan"],
    ["kazkhsatn", "kazakhstan", "kazakhstan"],
    ["kzkhstn", "kazakhstan", undefined],
    ["mlai", "mali", "mali"],
    ["mali", "mali", "mali"],
    ["mal", "mai", undefined],
    ["mala", "mali male", "male"],
    ["malii", "mali", "mali"],
    ["malixy", "mali", undefined],
    ["2019", "2020", undefined],
    ["chad", "mali", undefined],
  ])("find for %s in %j: %s", (word, found, nearest) => {
    const words = new NearWords([word]);
    words.add(found);
    expect(words.nearest()).toBe(nearest);
  });
});
