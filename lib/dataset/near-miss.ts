import { closest, distance } from "fastest-levenshtein";

/** The allowed text that somebody probably meant, if one is near enough. */
export function nearMiss(found: string, allowed: readonly string[]): string | undefined {
  const best = found.length > 0 && found.length < 100 && allowed.length > 0 ? closest(found, allowed as string[]) : undefined;
  return best !== undefined && distance(found.toLowerCase(), best.toLowerCase()) <= Math.max(1, Math.ceil(best.length / 3))
    ? best
    : undefined;
}
