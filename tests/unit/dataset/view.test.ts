import { describe, expect, it } from "vitest";
import { LAYOUT } from "../../../lib/contract/layout.ts";
import { readViews } from "../../../lib/dataset/view.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const text: Schema = { type: "string" };
const ROOT: Schema = {
  type: "object",
  properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: text } } } },
};
const DESCRIBED = JSON.stringify({
  title: "V",
  description: "V.",
  type: "array",
  primaryKey: ["id"],
  items: { type: "object", required: ["id"], properties: { id: text } },
});
const SELECT = "SELECT id FROM t ORDER BY id";

function read(files: Record<string, string>) {
  const { views, problems } = readViews(
    Object.keys(files),
    new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])),
    ROOT,
    { layout: LAYOUT, mayHaveOverlookedProblems: false },
  );
  return { names: views.map(({ name }) => name), problems: problems.map(({ file, message }) => `${file}: ${message}`) };
}
const view = (name: string): Record<string, string> => ({ [`views/${name}.sql`]: SELECT, [`views/${name}.json`]: DESCRIBED });

describe("readViews", () => {
  it("reads each view, and ignores hidden files and the README", () => {
    expect(read({ ...view("b"), ...view("a"), "views/.DS_Store": "", "views/.git/x": "", "views/README.md": "" })).toEqual({
      names: ["a", "b"],
      problems: [],
    });
  });

  it("reports a file that would be ignored", () => {
    expect(read({ "views/a.csv": "" }).problems).toEqual(["views/a.csv: Not a view, so it would not be used"]);
  });

  it("fails when the names of two views become the same file name", () => {
    const { names, problems } = read({ ...view("rivers"), ...view("Rivers") });
    expect(names).toEqual(["Rivers"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^views\/rivers\.json: /);
  });
});
