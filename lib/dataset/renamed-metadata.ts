import type { ValueProblem } from "../diagnostics/value-problems.ts";

const isIn = (path: ValueProblem["path"], { path: unknown }: ValueProblem): boolean =>
  unknown.length === path.length + 1 && path.every((part, i) => part === unknown[i]);

/** Joins what is one mistake: an object lacks one property, and has one that is not known, such as `name` for `title`. */
export function renamedMetadata(problems: readonly ValueProblem[]): ValueProblem[] {
  const joined = new Map<ValueProblem, ValueProblem>();
  const left = new Set<ValueProblem>();
  for (const problem of problems) {
    if (problem.missing === undefined) continue;
    const others = problems.filter(({ missing, path }) => missing !== undefined && String(path) === String(problem.path));
    const [unknown, ...more] = problems.filter((other) => other.mismatch?.kind === "unknown" && isIn(problem.path, other));
    if (others.length > 1 || !unknown || more.length > 0) continue;
    left.add(problem);
    joined.set(unknown, { ...unknown, remedy: `Did you mean "${problem.missing}"?` });
  }
  return problems.flatMap((problem) => (left.has(problem) ? [] : [joined.get(problem) ?? problem]));
}
