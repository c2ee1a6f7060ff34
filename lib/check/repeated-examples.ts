import type { Problem } from "../diagnostics/problem.ts";

/** Maximum further places in a sentence. */
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

/** The first problems of one kind, so that one problem for all can name some places and values. */
export class RepeatedExamples {
  readonly #first: Problem;
  readonly #values = new Set<string>();
  readonly #places: { place: string; value: string | undefined }[] = [];

  constructor(first: Problem) {
    this.#first = first;
  }

  /** Keeps places with other values; places with known values only until there are enough. */
  add(problem: Problem): void {
    if (this.#values.size >= MAX_EXAMPLES) return;
    const value = differentToken(problem.message, this.#first.message);
    const isNew = value !== undefined && !this.#values.has(value);
    if (!isNew && this.#places.length >= MAX_EXAMPLES) return;
    if (isNew) this.#values.add(value);
    const { file, line } = problem;
    this.#places.push({ place: file === this.#first.file ? `line ${line}` : `${file}:${line}`, value: isNew ? value : undefined });
  }

  /** `such as "13" (line 4) and "14" (line 5)`, or `such as those at line 4 and line 5`; undefined without another place. */
  get text(): string | undefined {
    const withValue = this.#places.filter(({ value }) => value !== undefined);
    const shown = (withValue.length > 0 ? withValue : this.#places).slice(0, MAX_EXAMPLES);
    const texts = shown.map(({ place, value }) => (value === undefined ? place : `${value} (${place})`));
    const last = texts.pop();
    if (last === undefined) return undefined;
    return `such as ${withValue.length > 0 ? "" : "those at "}${texts.length > 0 ? `${texts.join(", ")} and ` : ""}${last}`;
  }
}
