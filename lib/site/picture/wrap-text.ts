import type { Weight } from "./glyph-shape.ts";
import { textWidth } from "./text-width.ts";

export interface TextBox {
  size: number;
  weight: Weight;
  /** In pixels. */
  width: number;
  lines: number;
}

/** Truncates a text to fit before an ellipsis. */
function cutText(text: string, { size, weight, width }: TextBox): string {
  const letters = [...text];
  while (letters.length > 0 && textWidth(`${letters.join("").trimEnd()}…`, size, weight) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** Ends a line that continues: whole words before an ellipsis, if one fits. */
function endLine(line: string, box: TextBox): string {
  const words = line.split(" ");
  while (words.length > 1 && textWidth(`${words.join(" ")}…`, box.size, box.weight) > box.width) words.pop();
  return textWidth(`${words.join(" ")}…`, box.size, box.weight) > box.width ? cutText(line, box) : `${words.join(" ")}…`;
}

/** Breaks a text into lines between words; the last ends with an ellipsis if text is left. A word wider than a line is truncated. */
export function wrapText(text: string, box: TextBox): string[] {
  const { size, weight, width } = box;
  const fits = (line: string): boolean => textWidth(line, size, weight) <= width;
  const words = text.split(" ").filter(Boolean);
  const lines: string[] = [];
  while (words.length > 0 && lines.length < box.lines) {
    let line = words.shift() ?? "";
    while (words.length > 0 && fits(`${line} ${words[0]}`)) line += ` ${words.shift()}`;
    const isCut = words.length > 0 && lines.length === box.lines - 1;
    lines.push(isCut ? endLine(line, box) : fits(line) ? line : cutText(line, box));
  }
  return lines;
}
