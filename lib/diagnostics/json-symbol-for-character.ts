/** Characters that people type instead of a JSON symbol. */
const JSON_SYMBOLS: Record<string, string> = Object.fromEntries([
  ...[..."«»‹›`´′″＂｢｣「」"].map((symbol) => [symbol, '"']),
  ...[..."，、؛；،"].map((symbol) => [symbol, ","]),
  ...[..."：＝∶"].map((symbol) => [symbol, ":"]),
  ...[..."｛｝［］"].map((symbol, i) => [symbol, "{}[]"[i]]),
]);

export const jsonSymbolForCharacter = (c: string): string | undefined => (Object.hasOwn(JSON_SYMBOLS, c) ? JSON_SYMBOLS[c] : undefined);
