import type { Problem } from "../diagnostics/problem.ts";

/** Maximum further locations in a sentence. */
const MAX_EXAMPLES = 3;

/** Words and quoted texts. */
const tokensOf = (message: string): string[] => message.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];

/** The value in which a message differs from another: the first word or quoted text, since suggestions follow. Undefined if they do not compare. */
function differentToken(message: string, other: string): string | undefined {
  const [tokens, others] = [tokensOf(message), tokensOf(other)];
  const different = tokens.filter((token, i) => token !== others[i]);
  const isComparable = tokens.length === others.length && (different.length === 1 || different[0]?.startsWith('"'));
  return isComparable ? different[0] : undefined;
}

/** The first problems of one kind, so that one problem for all can name some locations and values. */
export class RepeatedExamples {
  readonly #first: Problem;
  readonly #values = new Set<string>();
  readonly #locations: { location: string; value: string | undefined }[] = [];

  constructor(first: Problem) {
    this.#first = first;
  }

  /** Keeps locations with other values; locations with known values only until there are enough. */
  add(problem: Problem): void {
    if (this.#values.size >= MAX_EXAMPLES) return;
    const value = differentToken(problem.message, this.#first.message);
    const isNew = value !== undefined && !this.#values.has(value);
    if (!isNew && this.#locations.length >= MAX_EXAMPLES) return;
    if (isNew) this.#values.add(value);
    const { file, line } = problem;
    this.#locations.push({ location: file === this.#first.file ? `line ${line}` : `${file}:${line}`, value: isNew ? value : undefined });
  }

  /** `such as "13" (line 4) and "14" (line 5)`, or `such as those at line 4 and line 5`; undefined without another problem. */
  get text(): string | undefined {
    const withValue = this.#locations.filter(({ value }) => value !== undefined);
    const shown = (withValue.length > 0 ? withValue : this.#locations).slice(0, MAX_EXAMPLES);
    const texts = shown.map(({ location, value }) => (value === undefined ? location : `${value} (${location})`));
    const last = texts.pop();
    if (last === undefined) return undefined;
    return `such as ${withValue.length > 0 ? "" : "those at "}${texts.length > 0 ? `${texts.join(", ")} and ` : ""}${last}`;
  }
}
