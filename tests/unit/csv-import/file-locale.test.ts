import { describe, expect, it } from "vitest";
import { fileLocale } from "../../../lib/csv-import/file-locale.ts";

describe("fileLocale", () => {
  it("ignores the columns if the user specified the separator", () => {
    expect(fileLocale(",", [{ name: "a", evidence: { decimal: "comma", cell: "1,5", line: 2 } }], "point")).toEqual({
      decimal: "point",
      delimiter: ",",
    });
    expect(fileLocale(",", [{ name: "a", evidence: undefined }])).toEqual({ decimal: undefined, delimiter: "," });
  });
});
