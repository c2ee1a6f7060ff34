import { nearestName } from "../diagnostics/nearest-name.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import type { Metadata } from "./metadata.ts";

/** The names that `release.formats` may contain, and those that it must contain. */
export interface FormatNames {
  known: readonly string[];
  required: readonly string[];
  /** Formats that limit whole numbers to 64 bits. */
  int64?: readonly string[];
}

/** A format of a dataset that limits whole numbers to 64 bits. A dataset that lists no formats may be published in any. */
export const int64FormatName = (metadata: Metadata | undefined, { known, int64 = [] }: FormatNames): string | undefined =>
  int64.find((name) => (metadata?.release?.formats ?? known).includes(name));

export function formatNameProblems({ release }: Metadata, { known, required }: FormatNames): ValueProblem[] {
  const named = release?.formats;
  if (!named) return [];
  const path = ["release", "formats"];
  const suggestions = named.filter((name) => !known.includes(name)).map((name) => nearestName(name, known));
  const unknown = named.flatMap((name, i) =>
    known.includes(name) ? [] : [{ path: [...path, i], ...fileRules.unknownFormat(name, nearestName(name, known), known) }],
  );
  const missing = required
    .filter((name) => !named.includes(name) && !suggestions.includes(name))
    .map((name) => ({ path, ...fileRules.missingFormat(name) }));
  return [...unknown, ...missing];
}
