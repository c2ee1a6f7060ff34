/** What is said of one thing that is wrong. */
export interface Wording {
  /** The rule that was broken, as docs/mistakes.md calls it in its addresses (`#a-column-is-missing`). */
  rule?: string;
  /** What is wrong, with the value found and what is allowed. */
  message: string;
  /** What to do. */
  remedy?: string;
}

/** What a rule is besides its words. Its page in docs/mistakes.md and its test cases come from here as well. */
interface About {
  title: string;
  /** Why there is such a rule and how to mend what breaks it, in a sentence or two. */
  explanation: string;
  /** The folders of tests/mistakes that break it, the one that explains it best first. */
  examples: readonly [string, ...string[]];
}

export interface Rule<A extends unknown[] = never[]> extends About {
  (...found: A): Wording;
  anchor: string;
}

/** A rule is a function from what was found to what is said of it. */
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
