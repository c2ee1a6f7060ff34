import { describe, expect, it } from "vitest";
import { fileExtension } from "../../../lib/formats/file-extension.ts";
import { formatWithExtension } from "../../../lib/formats/format-with-extension.ts";
import { quotedName } from "../../../lib/formats/quoted-name.ts";
import { recordsFile } from "../../../lib/formats/records-file.ts";
import { rowsFile } from "../../../lib/formats/rows-file.ts";

describe("fileExtension", () => {
  it("returns the extension in lower case", () => {
    expect(["a.csv", "a.TAR.GZ", "LICENSE", "a.", "a.b/c", ".x"].map(fileExtension)).toEqual(["csv", "gz", "", "", "", "x"]);
    expect([formatWithExtension("csv")?.name, formatWithExtension("parquet")?.name, formatWithExtension("doc")]).toEqual([
      "csv",
      "parquet",
      undefined,
    ]);
    expect([recordsFile("t"), rowsFile("t")]).toEqual(["t.ndjson", "t.csv"]);
    expect(quotedName('a"b')).toBe('"a""b"');
  });
});
