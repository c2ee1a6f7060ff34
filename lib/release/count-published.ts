/** Irregular plurals. */
const IRREGULAR: Record<string, string> = {
  ...{ people: "person", children: "child", men: "man", women: "woman", criteria: "criterion", indices: "index", lives: "life" },
  ...{ movies: "movie", cookies: "cookie", calories: "calorie", ties: "tie" },
};

const RULES: [RegExp, string][] = [
  [/(series|species|news)$/i, "$1"],
  [/ies$/i, "y"],
  [/(ss|x|ch|sh|us)es$/i, "$1"],
  [/yses$/i, "ysis"],
  [/([^suie])s$|([^s]e|[^s]i)s$/i, "$1$2"],
];

/** `facts` → `fact`, `legal entities` → `legal entity`. Returns a name unchanged if it is not an English plural. */
function singular(many: string): string {
  const [last = ""] = /[a-z]+$/i.exec(many) ?? [];
  const irregular = Object.hasOwn(IRREGULAR, last.toLowerCase()) ? IRREGULAR[last.toLowerCase()] : undefined;
  if (irregular !== undefined) return `${many.slice(0, many.length - last.length)}${irregular}`;
  const [pattern, one] = RULES.find(([pattern]) => pattern.test(many)) ?? [];
  return pattern && one !== undefined ? many.replace(pattern, one) : many;
}

/**
 * Counts records in `changes.json` and `CHANGES.md`. Releases never change, so the rules of their first version stay, with results such as
 * `1 volcanoe` and `2 history`. Everything else uses `recordNoun`.
 */
export const countPublished = (count: number, table: string): string => `${count} ${count === 1 ? singular(table) : table}`;
