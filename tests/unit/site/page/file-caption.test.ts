import { describe, expect, it } from "vitest";
import { listFormatFiles } from "../../../../lib/formats/list-format-files.ts";
import { fileCaption } from "../../../../lib/site/page/file-caption.ts";
import { plan } from "./facts-plan.ts";

describe("fileCaption", () => {
  const files = listFormatFiles({ metadata: { name: "d" }, plans: [plan] });

  it("describes what a file is", () => {
    expect(fileCaption("schema.json", "x", files)).toBe("JSON Schema of the tables");
    expect(fileCaption("SHA256SUMS", undefined, files)).toBe("The hash of every file");
    expect(fileCaption("LICENSE", undefined, files)).toBe("The licence");
    expect(fileCaption("facts.csv", undefined, files)).toBe("One row per fact");
    expect(fileCaption("facts_names.csv", undefined, files)).toBe("Facts: names");
    expect([fileCaption("other.pdf", "Other", files), fileCaption("other.pdf", undefined, files)]).toEqual(["Other", ""]);
    for (const name of ["datapackage.json", "README.md", "CITATION.cff", "changes.json", "CHANGES.md"])
      expect(fileCaption(name, undefined, [])).not.toBe("");
  });
});
