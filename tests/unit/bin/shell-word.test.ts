import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { shellWord } from "../../../bin/shell-word.ts";

describe("a word of a shell command", () => {
  it.each(["a", "data/small", "/a/b_c-d.json", "http://127.0.0.1:8080/x", "a@b+c%d"])("%j needs no quotes", (text) => {
    expect(shellWord(text)).toBe(text);
  });

  it.each(["$(touch PWNED)", "`id`", "a b", "a'b", "''", "", "-rf", "~", "~root", "a;b", "a\nb", "*", "a\\b", "#a", "!x", "a=b", "{a,b}"])(
    "%j is read back by a shell as it was",
    (text) => {
      expect(execFileSync("sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" })).toBe(text);
    },
  );

  it("is never an option or a home folder", () => {
    expect([shellWord("-rf"), shellWord("~")]).toEqual(["'-rf'", "'~'"]);
  });
});
