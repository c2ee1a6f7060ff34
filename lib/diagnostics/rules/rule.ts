/** The text of a problem. */
export interface Wording {
  /** Anchor of the broken rule in docs/mistakes.md (`#a-column-is-missing`). */
  rule?: string;
  /** What is wrong: the value found and what is allowed. */
  message: string;
  /** What to do. */
  remedy?: string;
  /** The check did not complete, perhaps because of the machine or Factpress itself: there is no verdict on the data. */
  couldNotTell?: true;
}

/** The documentation of a rule, for docs/mistakes.md and the tests. */
interface RuleTexts {
  title: string;
  /** Why the rule exists, in a sentence or two. */
  explanation: string;
  /** Folders of tests/mistakes that break the rule, the best example first. */
  examples: readonly [string, ...string[]];
}

export interface Rule<A extends unknown[] = never[]> extends RuleTexts {
  (...found: A): Wording;
  anchor: string;
}

/** A rule is a function from what was found to its wording. */
export function rule<A extends unknown[]>(about: RuleTexts, word: (...found: A) => [message: string, remedy?: string]): Rule<A> {
  const anchor = about.title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
  const wordingOf = (...found: A): Wording => {
    const [message, remedy] = word(...found);
    return { rule: anchor, message, ...(remedy ? { remedy } : {}) };
  };
  return Object.assign(wordingOf, about, { anchor });
}
