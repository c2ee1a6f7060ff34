import { RE2JS, RE2JSException } from "re2js";

/** Longer patterns are no patterns of people. */
const MAX_PATTERN = 1000;

/** A pattern as ajv asks for it. Time grows with the length of the text, whatever the pattern (RE2): a stranger wrote it. */
export interface LinearPattern {
  test(text: string): boolean;
  /** ajv tells compiled patterns apart by this. */
  toString(): string;
}

/** Throws where RE2 knows no such pattern: it has no look-around and no back references. */
export function linearPattern(pattern: string): LinearPattern {
  if (pattern.length > MAX_PATTERN) throw new RangeError(`the pattern is longer than ${MAX_PATTERN} characters`);
  const compiled = RE2JS.compile(pattern);
  return { test: (text) => compiled.test(text), toString: () => pattern };
}

/** What is wrong with a pattern; undefined where it can be used. */
export function patternError(pattern: string): string | undefined {
  try {
    linearPattern(pattern);
    return undefined;
  } catch (error) {
    // RangeError: it is too long, or nested too deep.
    if (!(error instanceof RE2JSException || error instanceof RangeError)) throw error;
    return error.message.replace("error parsing regexp: ", "");
  }
}
