import { counted } from "../explorer/counted.ts";
import type { SourcePage } from "./release-page.ts";

/** The number of distinct passages quoted by a source's contradicted statements; undefined if a statement has no quotation. */
export function contradictedPassages({ index, contradicted }: Pick<SourcePage, "index" | "contradicted">): number | undefined {
  const passages = contradicted.map(({ sources = [] }) => {
    const [, locator, mark] = sources.find(([source]) => source === index) ?? [];
    return mark === 1 ? locator : undefined;
  });
  return passages.includes(undefined) ? undefined : new Set(passages).size;
}

/** A number of contradicted statements, and of the quoted passages if there are fewer. */
export function contradictedText(count: number, passages: number | undefined, noun: readonly [string, string]): string {
  const text = counted(count, noun);
  return passages === undefined || passages >= count ? text : `${text} from ${counted(passages, ["passage", "passages"])}`;
}
