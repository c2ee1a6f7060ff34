import { counted } from "../explorer/counted.ts";
import { contradictedPassages, contradictedText } from "./contradicted-text.ts";
import type { SourcePage } from "./release-page.ts";

/** A sentence on how many statements of the source others contradict. */
export function sourceScore(page: SourcePage): string {
  const { model, contradicted, undecided, superseded, uncontradicted } = page;
  const all = contradicted.length + undecided.length + superseded.length + uncontradicted.length;
  if (all === 0) return "Only cited together with other sources.";
  const parts = [
    [contradicted.length, contradictedText(contradicted.length, contradictedPassages(page), ["contradicted", "contradicted"])],
    [undecided.length, counted(undecided.length, ["open", "open"])],
    [
      superseded.length,
      counted(superseded.length, ["less precise or older than another source", "less precise or older than another source"]),
    ],
    [uncontradicted.length, counted(uncontradicted.length, ["upheld or not contradicted", "upheld or not contradicted"])],
  ].flatMap(([count, text]) => (count === 0 ? [] : [text]));
  return `${counted(all, model.noun)}: ${parts.join(", ")}.`;
}
