import { slug } from "./slug.ts";

/** Candidate ids: first from values of the record, then by incrementing the last id. */
function* possibleKeys(parts: readonly (readonly (string | undefined)[])[], last: string | undefined): Generator<string> {
  const kind = last?.includes(":") ? last.slice(0, last.indexOf(":") + 1) : "";
  const stems = parts
    .filter((parts) => parts.length > 0 && parts.every(Boolean))
    .map((parts) => parts.map((part) => slug((part as string).replace(/^.*:/, ""))).join("-"));
  for (const stem of stems)
    for (const key of [kind + stem, stem, stem.replaceAll(/-(.)/g, (_, c: string) => c.toUpperCase())])
      for (let i = 1; i < 100; i += 1) yield i === 1 ? key : `${key}-${i}`;
  const [, head = "", digits] = /^(.*?)(\d+)$/.exec(last ?? "") ?? [];
  for (let i = 1; digits !== undefined && i < 100; i += 1) yield head + String(Number(digits) + i).padStart(digits.length, "0");
}

/** An unused id made of the record's values; undefined if none is valid. */
export function proposeKey(
  parts: readonly (readonly (string | undefined)[])[],
  last: string | undefined,
  isGood: (key: string) => boolean,
): string | undefined {
  for (const key of possibleKeys(parts, last)) if (isGood(key)) return key;
  return undefined;
}
