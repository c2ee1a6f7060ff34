import { counted } from "../explorer/counted.ts";
import { contradictedPassages, contradictedText } from "./contradicted-text.ts";
import type { SourcePage } from "./release-page.ts";

/** A sentence on how many statements of the source others contradict. */
export function sourceScore(page: SourcePage): string {
  const { model, contradicted, open, superseded, others } = page;
  const all = contradicted.length + open.length + superseded.length + others.length;
  if (all === 0) return "Only cited together with other sources.";
  const parts = [
    [contradicted.length, contradictedText(contradicted.length, contradictedPassages(page), ["contradicted", "contradicted"])],
    [open.length, counted(open.length, ["open", "open"])],
    [
      superseded.length,
      counted(superseded.length, ["less precise or older than another source", "less precise or older than another source"]),
    ],
    [others.length, counted(others.length, ["not contradicted", "not contradicted"])],
  ].flatMap(([count, text]) => (count === 0 ? [] : [text]));
  return `${counted(all, model.noun)}: ${parts.join(", ")}.`;
}
