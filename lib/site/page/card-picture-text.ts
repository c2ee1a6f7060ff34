import { cellOf } from "../explorer/cell-of.ts";
import { counted } from "../explorer/counted.ts";
import { rowDate } from "../explorer/row-date.ts";
import { supportingSources } from "../explorer/supporting-sources.ts";
import { type PictureText, pictureText } from "../picture/picture-text.ts";
import { statementSentences } from "./answer-sentences.ts";
import type { CardPage } from "./card-page.ts";

/** The picture of a card: the statement with its date and number of sources. */
export function cardPictureText({ title, model, row }: CardPage): PictureText | undefined {
  const tone = row.isDeprecated ? "deprecated" : row.isReplaced ? undefined : row.tone;
  const sources = supportingSources(row).length;
  return pictureText({
    dataset: title,
    heading: cellOf(model, row, "subject"),
    sentences: statementSentences(model, row),
    note: [rowDate(model, row), sources > 0 ? counted(sources, ["source", "sources"]) : ""].filter(Boolean).join(" · "),
    ...(tone ? { tone } : {}),
  });
}
