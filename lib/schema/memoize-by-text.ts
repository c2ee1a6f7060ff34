/** Maximum cached results; when it is reached, the cache is cleared. */
const MAX_CACHED = 100;

/** Memoizes a function of a text: compiling is slow, and many commits have the same schema. */
export function memoizeByText<T>(compile: (text: string) => T): (text: string) => T {
  const cache = new Map<string, { result: T }>();
  return (text) => {
    const cached = cache.get(text);
    if (cached) return cached.result;
    if (cache.size >= MAX_CACHED) cache.clear();
    const result = compile(text);
    cache.set(text, { result });
    return result;
  };
}
