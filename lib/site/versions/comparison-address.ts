const RANGE = /^(\d+\.\d+\.\d+)\.\.\.(\d+\.\d+\.\d+)$/;

/** The address of a comparison of two versions, on the page of the dataset. */
export const comparisonAddress = (dataset: string, from: string, to: string): string => `/${dataset}/?compare=${from}...${to}#comparison`;

/** Parses the versions of a comparison from the query of an address. */
export function parseComparison(search: string): [from: string, to: string] | undefined {
  const [, from, to] = RANGE.exec(new URLSearchParams(search).get("compare") ?? "") ?? [];
  return from === undefined || to === undefined ? undefined : [from, to];
}
