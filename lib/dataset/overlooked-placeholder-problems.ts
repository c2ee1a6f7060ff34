import { DATASET_FILE, SCHEMA_FILE } from "../contract/dataset-files.ts";
import { type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import type { Schema } from "../schema/schema.ts";
import type { Metadata } from "./metadata.ts";
import { isPlaceholder, STARTER_TABLE_DESCRIPTION, UNMARKED_DESCRIPTION } from "./placeholder-problems.ts";

/** TODO in any letter case, alone or before a colon: other texts may be about to-do lists. */
const isOverlooked = (text: string | undefined): text is string =>
  text !== undefined && (text === UNMARKED_DESCRIPTION || (/^\s*todo\s*(?::|$)/i.test(text) && !isPlaceholder(text)));

const isAnyPlaceholder = (text: string | undefined): text is string => text !== undefined && (isPlaceholder(text) || isOverlooked(text));

/** Placeholders that earlier versions overlooked and released. Such releases can be rebuilt, but new ones are refused. */
export function overlookedPlaceholderProblems(metadata: Metadata, schema: Schema): Problem[] {
  const { title, description, licenses, release } = metadata;
  if (release?.version === undefined) return [];
  const texts = [title, description].filter(isOverlooked);
  // Placeholder names are already reported.
  const ofLicenses = licenses
    .filter(({ name }) => !isPlaceholder(name))
    .flatMap(({ name, title: licenseTitle, path }) => [name, licenseTitle, path].filter(isAnyPlaceholder).slice(0, 1));
  const isStarter = Object.values(schema.properties ?? {}).some((table) => table.description === STARTER_TABLE_DESCRIPTION);
  return [
    ...texts.map((text) => wordedProblem(DATASET_FILE, fileRules.placeholderText(text))),
    ...ofLicenses.map((text) => wordedProblem(DATASET_FILE, fileRules.placeholderLicense(text))),
    ...(isStarter ? [wordedProblem(SCHEMA_FILE, fileRules.placeholderText(STARTER_TABLE_DESCRIPTION))] : []),
  ];
}
