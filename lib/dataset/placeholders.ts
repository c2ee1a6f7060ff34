import type { ValueProblem } from "../diagnostics/record-errors.ts";
import { fileRules } from "../diagnostics/rules/table-rules.ts";
import type { Metadata } from "./metadata.ts";

/** What a new dataset says where a person has to decide. */
export const PLACEHOLDER_DESCRIPTION = "TODO: say in a sentence or two what this dataset holds.";
export const PLACEHOLDER_LICENSE = { name: "TODO", title: "TODO: choose a licence" };
/** As starters wrote it that did not mark it. */
export const UNMARKED_DESCRIPTION = "Say here in a sentence or two what this dataset holds.";

const isPlaceholder = (text: string): boolean => /^\s*TODO\b/.test(text);

/** Texts that a person still has to write, in a dataset that is to be released. A draft may hold them. */
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
