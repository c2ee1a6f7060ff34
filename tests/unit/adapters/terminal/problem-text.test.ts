import { describe, expect, it } from "vitest";
import { palette } from "../../../../lib/adapters/terminal/palette.ts";
import { problemText } from "../../../../lib/adapters/terminal/problem-text.ts";

const problem = { file: "t.json", line: 3, column: 7, message: "wrong" };
const plain = palette(false);

describe("problemText", () => {
  it("begins with the location, which editors turn into a link", () => {
    expect(problemText("data/d", { ...problem, field: "value.date", remedy: "Correct it." }, plain)).toBe(
      "data/d/t.json:3:7  value.date\n  wrong\n  Correct it.",
    );
    expect(problemText("", problem, plain)).toBe("t.json:3:7\n  wrong");
    expect(problemText("data/d", { ...problem, line: 0, column: 0 }, plain)).toBe("data/d/t.json\n  wrong");
  });

  it("escapes control characters", () => {
    const odd = { ...problem, file: "\u001b[2J", message: "\u001bc", remedy: "\u0007", field: "\u0008" };
    expect(problemText("\u001b", odd, plain)).toBe("\\u001b/\\u001b[2J:3:7  \\u0008\n  \\u001bc\n  \\u0007");
  });

  it("is coloured if the terminal has colours", () => {
    expect(problemText("", problem, palette(true))).toBe("\u001b[1mt.json:3:7\u001b[0m\n  \u001b[31mwrong\u001b[0m");
    expect(palette(true).dim("x")).toBe("\u001b[2mx\u001b[0m");
  });
});
