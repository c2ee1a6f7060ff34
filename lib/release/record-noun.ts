/** Plurals that no rule decides. */
const IRREGULAR: Record<string, string> = {
  ...{ people: "person", children: "child", criteria: "criterion", taxa: "taxon", genera: "genus", indices: "index", lives: "life" },
  ...{ wolves: "wolf", leaves: "leaf", movies: "movie", cookies: "cookie", calories: "calorie", ties: "tie", crises: "crisis" },
  ...{ avalanches: "avalanche", caches: "cache", lenses: "lens" },
};

/** Words whose singular and plural are the same. */
const SAME = /^(series|species|aircraft|sheep|fish|headquarters)$/;

/** Words that look like plurals but are singular, uncountable or names. */
const UNCOUNTED =
  /^(news|lens|means|corps|maths|diabetes|testes|athens|measles|mars|andes|alps|azores|orleans|naples|flanders|netherlands|philippines|seychelles|wales|brussels)$/;

/** The letters before -ies of a word in -y: others may be of one in -ie, such as `zombies`. */
const Y =
  "it|iet|ert|[ao]unt|[au]lt|^part|tr|ar|or|ur|rr|(batt|gall|brew|bak|win|deliv|qu|cemet|distill|refin|fish|discov)er|c|[clmhp][ao]n|(lo|te|er|ur)g|(no|de|ne|^ar)m|stud|^bod|(melo|reme|trage|come)d|il|al|bl|fl|pl|therap|ph|arch|embass|galax";
/** The ends of words whose plural has -es. */
const ES =
  "([rc]|(?<!fi)n)ess|(cl|gl|gr|^p|^m)ass|(b|l|^cr)oss|(bo|ta|fo|de|le|fi|mi|ne)x|tch|(chu|sea)rch|^march|^porch|each|oach|eech|(bra|be|bu|lau|^lu|^i)nch|sh|tz|(^b|minib|vir|camp|bon|cens|stat|foc|corp|circ)us|^gas|atlas|canvas|alias|bias|(volcan|potat|tomat|^her|mosquit|^vet|carg|buffal|tornad)o";
/** The ends of words in -e whose plural has -s. */
const E =
  "(datab|^b|ph|^c|le|dise|incre|purch|phr|^v)ase|(^d|^r|^n|purp)ose|(prem|exerc|enterpr|franch|prom|cru|surpr|^no)ise|(ca|cla|spo|xc|ab|pa|ho|^m|^f)use|(cou|nu|ho|ve|pu)rse|(respo|expe|lice|defe|offe|^se)nse|(cor|colla|rela|ecli)pse|pulse|(^pri|^si|^ma|bree)ze|(^a|[dhk]a|ni)che|(ti|chi|ser|ner|cur|val|^gra|^gro|^glo|dri|mo|^ca|^wa|oli|co)ve|(sh|can|^t)oe|(serv|off|pr|dev|pract|not|vo|cho|sl|pol)ice|pie?ce|[anru]ce|[bdgklmnprtuey]e";
/** The ends of other words whose plural has -s. */
const S =
  "[bdfgklmnprtw]|[gptc]h|(clin|mosa|top|fabr|metr|com|rel|class|att|crit|chan)ic|disc|^arc|(are|camer|ide|pand|vill|aren|quot|dram|pizz|oper|orchestr|^er)a|io|oo|(phot|vide|^log|casin|pian|^mem|kil|^eur|embry)o|[eou]y|(^|high|rail|sub|water|run|path|motor|fair|gate|tram|air|walk|hall)way|(^|birth|holi|week)day|(^b|arr|^r|ess|displ|^pl|del|rel)ay";

const RULES: [RegExp, string][] = [
  [/(^|wo|s)men$/, "$1man"],
  [new RegExp(`(${Y})ies$`), "$1y"],
  [/(ys|thes|gnos)es$/, "$1is"],
  [new RegExp(`(${ES})es$`), "$1"],
  [new RegExp(`(${E}|${S})s$`), "$1"],
];

/** The singular of a lower-case English plural; undefined if no rule decides it. */
function singularOf(word: string): string | undefined {
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word];
  if (SAME.test(word)) return word;
  if (UNCOUNTED.test(word)) return undefined;
  const [pattern, one] = RULES.find(([pattern]) => pattern.test(word)) ?? [];
  return pattern && one !== undefined ? word.replace(pattern, one) : undefined;
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
 * of the valley`. Undefined unless its ending is known to be that of an English plural: `History`, `Zombies`, `Where each country stands`,
 * `Towns and villages`, `Brücken`.
 */
export function countNoun(title: string): RecordNoun | undefined {
  const [, head = "", rest = ""] =
    /^([A-Za-z0-9'_ -]*?[A-Za-z]{2})((?: (?:of|in|from|with|without|for|on|at|near|under) .+)?)$/.exec(title) ?? [];
  if (
    head.split(" ").length > MAX_WORDS ||
    /\b(and|or|by|per|to|vs)\b|\bunited states$|^(where|who|what|how|when|which|why|each|every) /i.test(head)
  )
    return undefined;
  const many = lowerCase(head);
  const [last = ""] = /[A-Za-z]+$/.exec(many) ?? [];
  const one = last.endsWith("s") && /[A-Z]/.test(last) ? last.slice(0, -1) : singularOf(last);
  return one === undefined ? undefined : [`${many.slice(0, many.length - last.length)}${one}${rest}`, `${many}${rest}`];
}

/** A noun for one record, and for several. */
export type RecordNoun = [one: string, many: string];

/** The noun for records of the only table in question: `fact`, or `record` if the title has no count noun. */
export const recordNoun = (title: string): RecordNoun => countNoun(title) ?? ["record", "records"];

/** The noun for records of one of several tables: `fact`, or `record of History`. */
export const recordNounOf = (title: string): RecordNoun => countNoun(title) ?? [`record of ${title}`, `records of ${title}`];

/** `1 fact`, `2 facts`, `2 records of history`. */
export function countRecords(count: number, table: string): string {
  const [one, many] = recordNounOf(table);
  return `${count} ${count === 1 ? one : many}`;
}
