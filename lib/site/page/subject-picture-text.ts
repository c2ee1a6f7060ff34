import { counted } from "../explorer/counted.ts";
import { standingRows } from "../explorer/standing-rows.ts";
import { type PictureText, pictureText } from "../picture/picture-text.ts";
import { answerSentences } from "./answer-sentences.ts";
import type { SubjectPage } from "./release-page.ts";

/** The picture of a subject: its answer, in the colour of its status. */
export function subjectPictureText({ title, label, model, about }: SubjectPage): PictureText | undefined {
  const tone = about.filter(({ isAnswer }) => isAnswer).flatMap(({ rows }) => standingRows(rows).flatMap((row) => row.tone ?? []))[0];
  const count = about.reduce((sum, { rows }) => sum + rows.length, 0);
  return pictureText({
    dataset: title,
    heading: label,
    sentences: answerSentences(model, about),
    note: `${counted(count, model.noun)}, with sources`,
    ...(tone ? { tone } : {}),
  });
}
