import { RE2JS, RE2JSException } from "re2js";
import { memoizeByText } from "./memoize-by-text.ts";

/** Longer patterns are refused. */
const MAX_PATTERN = 1000;

/** A pattern as ajv expects it, matched in linear time (RE2), because it is untrusted. */
export interface LinearPattern {
  test(text: string): boolean;
  /** ajv identifies compiled patterns by this text. */
  toString(): string;
}

/** Throws if RE2 does not support the pattern: RE2 has no look-around and no back references. */
export const linearPattern = memoizeByText((pattern): LinearPattern => {
  if (pattern.length > MAX_PATTERN) throw new RangeError(`the pattern is longer than ${MAX_PATTERN} characters`);
  const compiled = RE2JS.compile(pattern);
  return { test: (text) => compiled.test(text), toString: () => pattern };
});

/** Why a pattern cannot be used; undefined if it can. */
export function linearPatternError(pattern: string): string | undefined {
  try {
    linearPattern(pattern);
    return undefined;
  } catch (error) {
    // RangeError: the pattern is too long or nested too deeply.
    if (!(error instanceof RE2JSException || error instanceof RangeError)) throw error;
    return error.message.replace("error parsing regexp: ", "");
  }
}
