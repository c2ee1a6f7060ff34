/** Maximum characters of a description. */
const MAX = 300;

/** As many sentences as fit. The first one is truncated if it is too long. */
export function pageDescription(sentences: readonly string[]): string {
  const kept = [...sentences];
  while (kept.length > 1 && kept.join(" ").length > MAX) kept.pop();
  const text = kept.join(" ");
  return text.length > MAX ? `${text.slice(0, MAX - 1)}…` : text;
}
