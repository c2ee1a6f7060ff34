/** One part of a pattern with its quantifier: a class, a digit or a literal. */
const PART = /^(\[[^\]^\\]+\]|\\d|\\[^\w]|[^\\^$.*+?()[\]{}|])(\{(\d+)(,?)(\d*)\}|[+*?])?/;

const KINDS: [RegExp, string][] = [
  [/a-z/, "small letter"],
  [/A-Z/, "capital letter"],
  [/0-9/, "digit"],
];

/** Describes a character class: `small letters, digits or -`. */
function describeClass(part: string, isOne: boolean): string | undefined {
  if (part === "\\d") return isOne ? "digit" : "digits";
  if (!part.startsWith("[")) return undefined;
  let rest = part.slice(1, -1);
  const kinds: string[] = [];
  for (const [kind, name] of KINDS) {
    if (kind.test(rest)) kinds.push(isOne ? name : `${name}s`);
    rest = rest.replace(kind, "");
  }
  if (/.-./.test(rest)) return undefined;
  const all = [...kinds, ...rest];
  return all.length > 1 ? `${all.slice(0, -1).join(", ")} or ${all.at(-1)}` : all[0];
}

function describePart([, part = "", quantifier, least = "", comma, most]: RegExpExecArray): string | undefined {
  const times =
    quantifier === undefined
      ? "1"
      : ({ "+": "one or more", "*": "any number of", "?": "at most one" }[quantifier] ??
        (comma === "" ? least : most === "" ? `${least} or more` : `${least} to ${most}`));
  const kinds = describeClass(part, times === "1" || times === "at most one");
  if (kinds !== undefined) return `${times} ${kinds}`;
  return part.startsWith("[") || quantifier !== undefined ? undefined : part.replace("\\", "");
}

const isLiteral = ([, part = "", quantifier]: RegExpExecArray): boolean =>
  part.length < 3 && !/^\d|\\d$/.test(part) && quantifier === undefined;

/** Joins adjacent literals. */
function addPhrase(phrases: string[], phrase: string): void {
  const before = phrases.at(-1);
  if (phrase.startsWith('"') && before?.startsWith('"')) phrases[phrases.length - 1] = `${before.slice(0, -1)}${phrase.slice(1)}`;
  else phrases.push(phrase);
}

/** Describes a simple pattern: `2 capital letters, then -, then 1 to 3 digits`; undefined for others. */
export function describePattern(pattern: string): string | undefined {
  const [, inside] = /^\^(.*)\$$/s.exec(pattern) ?? [];
  const phrases: string[] = [];
  for (let rest = inside ?? ""; rest !== ""; ) {
    const part = PART.exec(rest);
    const phrase = part ? describePart(part) : undefined;
    if (!part || phrase === undefined) return undefined;
    addPhrase(phrases, isLiteral(part) ? `"${phrase}"` : phrase);
    rest = rest.slice(part[0].length);
  }
  return phrases.length > 0 ? phrases.join(", then ") : undefined;
}
