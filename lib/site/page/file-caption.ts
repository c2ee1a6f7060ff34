import { SCHEMA_FILE } from "../../contract/dataset-files.ts";
import {
  CHANGES_FILE,
  CHANGES_TEXT_FILE,
  CITATION_FILE,
  LICENSE_FILE,
  MANIFEST_FILE,
  PACKAGE_FILE,
  README_FILE,
} from "../../contract/release-files.ts";
import type { FormatFile } from "../../formats/format.ts";
import { formatFileCaption } from "../../formats/formats.ts";
import { recordNoun } from "../../release/record-noun.ts";

const DOCUMENTS: Record<string, string> = {
  [SCHEMA_FILE]: "JSON Schema of the tables",
  [PACKAGE_FILE]: "What the release is: licence, files, columns (Data Package v2)",
  [README_FILE]: "The data dictionary, to be read",
  [CITATION_FILE]: "How to cite it, for programs",
  [LICENSE_FILE]: "The licence",
  [CHANGES_FILE]: "Changes since the version before, for programs",
  [CHANGES_TEXT_FILE]: "Changes since the version before, to be read",
  [MANIFEST_FILE]: "The hash of every file",
};

/** A short description of a release's file. `title`: for a file of no known format. */
export function fileCaption(name: string, title: string | undefined, files: readonly FormatFile[]): string {
  const document = DOCUMENTS[name];
  if (document !== undefined) return document;
  const file = files.find((each) => each.name === name);
  if (!file) return title ?? "";
  return formatFileCaption(file, "plan" in file ? recordNoun(file.plan.title) : ["", ""]);
}
