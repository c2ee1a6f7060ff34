import { describe, expect, it } from "vitest";
import { oneLine } from "../../../../lib/adapters/git/one-line.ts";

describe("oneLine", () => {
  it("end a line that git prints without its line feed only", () => {
    expect([oneLine("a \n"), oneLine("a"), oneLine("a\n\n"), oneLine("a\nb\n")]).toEqual(["a ", "a", "a\n", "a\nb"]);
  });
});
