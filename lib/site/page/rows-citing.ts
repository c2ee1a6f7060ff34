import { sourceTable } from "../explorer/source-text.ts";
import type { MainTable } from "./release-page.ts";

/** Returns the address of the rows that cite a source, or only of the contradicted ones. */
export function rowsCiting({ plan, model }: MainTable): ((key: string, isDisputed: boolean) => string) | undefined {
  const facet = model.facets.find(({ references }) => references !== undefined && references === sourceTable(plan));
  return (
    facet && ((key, isDisputed) => `?${new URLSearchParams({ [facet.name]: key, ...(isDisputed ? { conflicts: "1" } : {}) })}#explore`)
  );
}
