import { singular } from "./singular.ts";

/** Irregular plurals that no rule covers. */
const IRREGULAR: Record<string, string> = {
  ...{ people: "person", children: "child", criteria: "criterion", taxa: "taxon", genera: "genus", indices: "index", lives: "life" },
  ...{ wolves: "wolf", leaves: "leaf", avalanches: "avalanche", movies: "movie", cookies: "cookie", ties: "tie", shoes: "shoe" },
};

/** Words whose singular and plural are the same. */
const SAME = /^(series|species|aircraft|sheep|fish|headquarters)$/;

/** Words that look like plurals but are singular or uncountable. */
const UNCOUNTED =
  /(ss|us|is)$|^(news|gas|atlas|lens|bias|canvas|chaos|means|corps|(statist|econom|polit|mathemat|phys|athlet|genet|logist|robot|eth)ics|(kni|shel|hal|thie)ves)$/;

const RULES: [RegExp, string][] = [
  [/(^|wo|s)men$/, "$1man"],
  [/ies$/, "y"],
  [/(yse|these|gnose)s$/, "$1"],
  [/((?:^|ho|lo|po|ca|la|pa|xc|f|m)use)s$/, "$1"],
  [/(ss|x|ch|sh|us|tz|^gas|atlas|canvas|alias|bias)es$/, "$1"],
  [/([^o]o)es$/, "$1"],
  [/s$/, ""],
];

/** The singular of a lower-case English plural; undefined if the word is not known to be a plural. */
function singularOf(word: string): string | undefined {
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word];
  if (SAME.test(word)) return word;
  if (UNCOUNTED.test(word)) return undefined;
  const [pattern, one] = RULES.find(([pattern]) => pattern.test(word)) ?? [];
  return pattern && one !== undefined ? word.replace(pattern, one).replace(/(ys|thes|gnos)e$/, "$1is") : undefined;
}

/** Maximum words before the noun's complement. Longer titles are assumed to be sentences. */
const MAX_WORDS = 4;

/**
 * `World Heritage Sites` → `world heritage sites`. Keeps the case of titles with names, such as `NBA players` and `World Bank projects`.
 */
const lowerCase = (title: string): string =>
  / [a-z]/.test(title) && / [A-Z]/.test(title) ? title : title.replace(/\b[A-Z][a-z]*\b/g, (word) => word.toLowerCase());

/**
 * The noun for records of a table, singular and plural, from its title or name: `Bridges of the valley` → `bridge of the valley`, `bridges
 * of the valley`. Undefined unless it is known to be an English plural: `History`, `Where each country stands`, `Towns and villages`,
 * `Brücken`.
 */
export function countNoun(title: string): [one: string, many: string] | undefined {
  const [, head = "", rest = ""] =
    /^([A-Za-z0-9'_ -]*?[A-Za-z]{2})((?: (?:of|in|from|with|without|for|on|at|near|under) .+)?)$/.exec(title) ?? [];
  if (head.split(" ").length > MAX_WORDS || /\b(and|or|by|per|to|vs)\b|^(where|who|what|how|when|which|why|each|every) /i.test(head))
    return undefined;
  const many = lowerCase(head);
  const [last = ""] = /[A-Za-z]+$/.exec(many) ?? [];
  const one = last.endsWith("s") && /[A-Z]/.test(last) ? last.slice(0, -1) : singularOf(last);
  return one === undefined ? undefined : [`${many.slice(0, many.length - last.length)}${one}${rest}`, `${many}${rest}`];
}

/** `1 fact`, `2 facts`, `2 records of history`. */
export function countRecords(count: number, table: string): string {
  const [one, many] = countNoun(table) ?? [`record of ${table}`, `records of ${table}`];
  return `${count} ${count === 1 ? one : many}`;
}

/** Counts records with the wording of published releases, including `1 volcanoe` and `2 history`, because it is part of `changes.json`. */
export const countPublished = (count: number, table: string): string => `${count} ${count === 1 ? singular(table) : table}`;
