/** Results that are kept; beyond, all are dropped. */
const MAX_CACHED = 100;

/** The same function, which keeps its results by their text: compiling is slow, and many commits have the same schema. */
export function keepCompiled<T>(compile: (text: string) => T): (text: string) => T {
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
