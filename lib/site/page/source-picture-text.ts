import { type PictureText, pictureText } from "../picture/picture-text.ts";
import type { SourcePage } from "./release-page.ts";
import { sourceScore } from "./source-score.ts";

/** The picture of a source: how many of its statements others contradict. */
export const sourcePictureText = (page: SourcePage): PictureText | undefined =>
  pictureText({
    dataset: page.title,
    heading: page.label,
    sentences: [sourceScore(page)],
    note: "What this source says, and what others say instead",
    ...(page.contradicted.length > 0 ? { tone: "deprecated" } : {}),
  });
