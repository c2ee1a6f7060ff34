import type { ValueProblem } from "../diagnostics/value-problems.ts";

const isIn = (path: ValueProblem["path"], { path: unknown }: ValueProblem): boolean =>
  unknown.length === path.length + 1 && path.every((part, i) => part === unknown[i]);

/** Names of properties that people write for each other. */
const SYNONYMS: readonly (readonly string[])[] = [
  ["name", "title", "label", "fullName", "full_name"],
  ["name", "id", "identifier", "spdx", "slug"],
  ["description", "summary", "abstract", "about", "subtitle"],
  ["licenses", "license", "licence", "licences", "rights"],
];

const isRenamed = (unknown: string, missing: string): boolean =>
  SYNONYMS.some((names) => names.includes(unknown) && names.includes(missing));

/** Makes one problem of a missing property and an unknown one of a similar meaning, such as `name` for `title`. */
export function renamedMetadata(problems: readonly ValueProblem[]): ValueProblem[] {
  const joined = new Map<ValueProblem, ValueProblem>();
  const left = new Set<ValueProblem>();
  for (const problem of problems) {
    if (problem.missing === undefined) continue;
    const others = problems.filter(({ missing, path }) => missing !== undefined && String(path) === String(problem.path));
    const [unknown, ...more] = problems.filter((other) => other.mismatch?.kind === "unknown" && isIn(problem.path, other));
    if (others.length > 1 || !unknown || more.length > 0 || !isRenamed(String(unknown.path.at(-1)), problem.missing)) continue;
    left.add(problem);
    joined.set(unknown, { ...unknown, remedy: `Did you mean "${problem.missing}"?` });
  }
  return problems.flatMap((problem) => (left.has(problem) ? [] : [joined.get(problem) ?? problem]));
}
