/** Maximum cached results; when it is reached, the cache is cleared. */
const MAX_CACHED = 100;

/** Memoizes a function of a text: compiling is slow, and many commits have the same schema. */
export function memoizeByText<T>(compile: (text: string) => T): (text: string) => T {
  const kept = new Map<string, { result: T }>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known.result;
    if (kept.size >= MAX_CACHED) kept.clear();
    const result = compile(text);
    kept.set(text, { result });
    return result;
  };
}
