import { describe, expect, it } from "vitest";
import { datasetsFolderIn } from "../../../bin/find-present-datasets.ts";

describe("files", () => {
  it("of a dataset are in a folder of the repository", () => {
    expect([datasetsFolderIn(""), datasetsFolderIn("a/b")]).toEqual(["data", "a/b/data"]);
  });
});
