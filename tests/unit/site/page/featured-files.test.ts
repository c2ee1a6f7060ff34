import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../../lib/formats/formats.ts";
import { listFormatFiles } from "../../../../lib/formats/list-format-files.ts";
import { featuredFiles } from "../../../../lib/site/page/featured-files.ts";
import { plan } from "./facts-plan.ts";

describe("featuredFiles", () => {
  const files = listFormatFiles({ metadata: { name: "d" }, plans: [plan] });

  it("are of one table, and of all", () => {
    const page = {
      name: "d",
      formats: FORMATS.map(({ name }) => name),
      files: files.map(({ name }, i) => ({ name, title: "", bytes: i, sha256: "" })),
    };
    const shown = featuredFiles({ ...page, formats: FORMATS } as never, plan);
    expect(shown.map(({ name }) => name)).toContain("facts.csv");
    expect(shown.map(({ name }) => name)).not.toContain("facts_names.csv");
    expect(shown.find(({ name }) => name === "facts.csv")).toMatchObject({ label: "CSV", mediaType: "text/csv", isOfTable: true });
    expect(shown.filter(({ isOfTable }) => !isOfTable).every(({ name }) => name.startsWith("d"))).toBe(true);
    expect(featuredFiles({ ...page, formats: FORMATS, files: [] } as never, plan)).toEqual([]);
    expect(featuredFiles({ ...page, formats: FORMATS } as never, undefined).every(({ isOfTable }) => !isOfTable)).toBe(true);
  });
});
