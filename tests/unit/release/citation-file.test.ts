import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../lib/dataset/dataset.ts";
import { citationFile } from "../../../lib/release/citation-file.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";
import { citations } from "../../../lib/site/page/citations.ts";
import type { ReleasePage } from "../../../lib/site/page/release-page.ts";

const schema = {
  properties: { towns: { type: "array", title: "Towns", primaryKey: ["id"], items: { properties: { id: { type: "string" } } } } },
};
const metadata = { name: "towns", title: "Towns", description: "Towns.", licenses: [{ name: "CC0-1.0" }] };
const release = { version: "1.0.0", commit: null, date: "2026-01-02T00:00:00Z", previous: null, generator: "0" };
const ann = { title: "Ann", roles: ["author"] };
const press = { title: "Press", roles: ["publisher"] };
const both = { title: "Both", roles: ["publisher", "editor"] };

/** The names that `CITATION.cff` gives as authors. */
const authors = (contributors: object[] | undefined, layout: number): string[] => {
  const dataset = { metadata: { ...metadata, ...(contributors ? { contributors } : {}) }, plans: [planTable("towns", schema, layout)] };
  const text = citationFile(dataset as unknown as Dataset, release);
  return [...text.matchAll(/^ {2}- name: (.*)$/gm)].map(([, name = ""]) => JSON.parse(name) as string);
};

describe("CITATION.cff", () => {
  it.each([
    ["omits contributors who only publish", [ann, press], ["Ann"]],
    ["lists contributors who publish and do more", [both, press], ["Both"]],
    ["lists publishers if there are no other contributors", [press], ["Press"]],
    ["lists contributors without a role", [{ title: "Eve" }, press], ["Eve"]],
    ["refers to the contributors if there is no list", undefined, ["The contributors to Towns"]],
    ["refers to the contributors if the list is empty", [], ["The contributors to Towns"]],
  ])("%s, as the page does", (_, contributors, expected) => {
    expect(authors(contributors, 2)).toEqual(expected);
    const page = { ...metadata, ...(contributors ? { contributors } : {}), version: "1.0.0", date: release.date, env: {} };
    expect(citations(page as unknown as ReleasePage)[0]?.text).toMatch(new RegExp(`^${expected.join("; ")} \\(2026\\)`));
  });

  it("has an empty licence if the dataset names none", () => {
    const dataset = { metadata: { ...metadata, licenses: [] }, plans: [planTable("towns", schema)] };
    expect(citationFile(dataset as unknown as Dataset, release)).toContain('\nlicense: ""\n');
  });

  it("is unchanged for layout 1", () => {
    expect(authors([ann, press], 1)).toEqual(["Ann", "Press"]);
    expect(authors([], 1)).toEqual(["The contributors to Towns"]);
  });
});
