/** The first characters in which two texts differ; undefined if a text ends. */
export function firstDifference(a: string, b: string): { here: string | undefined; there: string | undefined } {
  const [here, there] = [[...a], [...b]];
  const at = here.findIndex((c, i) => c !== there[i]);
  return at < 0 ? { here: undefined, there: there[here.length] } : { here: here[at], there: there[at] };
}
