import { fileRules } from "../diagnostics/rules/file-rules.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import type { Metadata } from "./metadata.ts";

/** Placeholders of a new dataset. */
export const PLACEHOLDER_DESCRIPTION = "TODO: say in a sentence or two what this dataset holds.";
export const PLACEHOLDER_LICENSE = { name: "TODO" };
/** The description of the table of a new dataset. */
export const STARTER_TABLE_DESCRIPTION = "One row is one thing.";
/** The record of a new dataset. */
export const STARTER_RECORD = { id: "first-thing", label: "First thing", since: "2020-12", source: "https://example.org/" };
/** The placeholder of earlier versions, without TODO. */
export const UNMARKED_DESCRIPTION = "Say here in a sentence or two what this dataset holds.";

export const isPlaceholder = (text: string): boolean => /^\s*TODO\b/.test(text);

/** Placeholders in a dataset that will be released. A draft may contain them. */
export function placeholderProblems({ title, description, licenses, release }: Metadata): ValueProblem[] {
  if (release?.version === undefined) return [];
  return [
    ...(isPlaceholder(title) ? [{ path: ["title"], ...fileRules.placeholderText(title) }] : []),
    ...(isPlaceholder(description) ? [{ path: ["description"], ...fileRules.placeholderText(description) }] : []),
    ...licenses.flatMap(({ name }, i) =>
      isPlaceholder(name) ? [{ path: ["licenses", i, "name"], ...fileRules.placeholderLicense(name) }] : [],
    ),
  ];
}
