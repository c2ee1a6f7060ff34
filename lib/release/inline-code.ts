import { singleLine } from "./single-line.ts";

/** Formats untrusted text as inline code in Markdown. */
export function inlineCode(text: string): string {
  const plain = singleLine(text) || " ";
  const fence = "`".repeat(1 + Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length)));
  return fence.length > 1 ? `${fence} ${plain} ${fence}` : `\`${plain}\``;
}
