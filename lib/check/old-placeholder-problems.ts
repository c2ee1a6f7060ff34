import { DATASET_FILE } from "../contract/dataset-files.ts";
import type { Metadata } from "../dataset/metadata.ts";
import { UNMARKED_DESCRIPTION } from "../dataset/placeholder-problems.ts";
import { type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";

/** Earlier versions wrote a placeholder without a mark, which was released. Such releases can be rebuilt, but no new one has it. */
export const oldPlaceholderProblems = ({ description, release }: Metadata): Problem[] =>
  release?.version !== undefined && description === UNMARKED_DESCRIPTION
    ? [wordedProblem(DATASET_FILE, fileRules.placeholderText(description))]
    : [];
