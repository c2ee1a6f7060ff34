/** What a problem says. */
export interface Wording {
  /** Anchor of the broken rule in docs/mistakes.md (`#a-column-is-missing`). */
  rule?: string;
  /** What is wrong: the value found and what is allowed. */
  message: string;
  /** What to do. */
  remedy?: string;
  /** The check did not complete, for a reason that may be the machine or Factpress itself: no verdict on the data. */
  couldNotTell?: true;
}

/** What docs/mistakes.md and the tests need of a rule. */
interface About {
  title: string;
  /** Why the rule exists, in a sentence or two. */
  explanation: string;
  /** Folders of tests/mistakes that break it, the best example first. */
  examples: readonly [string, ...string[]];
}

export interface Rule<A extends unknown[] = never[]> extends About {
  (...found: A): Wording;
  anchor: string;
}

/** A rule is a function from what was found to its wording. */
export function rule<A extends unknown[]>(about: About, say: (...found: A) => [message: string, remedy?: string]): Rule<A> {
  const anchor = about.title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
  const wordingOf = (...found: A): Wording => {
    const [message, remedy] = say(...found);
    return { rule: anchor, message, ...(remedy ? { remedy } : {}) };
  };
  return Object.assign(wordingOf, about, { anchor });
}
