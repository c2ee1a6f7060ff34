import { counted } from "../explorer/counted.ts";
import type { SourcePage } from "./release-page.ts";

/** A sentence on how many statements of the source others contradict. */
export function sourceScore({ model, contradicted, open, superseded, others }: SourcePage): string {
  const all = contradicted.length + open.length + superseded.length + others.length;
  if (all === 0) return "It is named beside other sources only.";
  const parts = [
    [contradicted.length, "contradicted"],
    [open.length, "open"],
    [superseded.length, "less precise or older than another source"],
    [others.length, "not contradicted"],
  ].flatMap(([count, text]) => (count === 0 ? [] : [`${count} ${text}`]));
  return `${counted(all, model.noun)}: ${parts.join(", ")}.`;
}
