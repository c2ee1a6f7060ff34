import { type PictureText, pictureText } from "../picture/picture-text.ts";
import type { SourcePage } from "./release-page.ts";
import { sourceScore } from "./source-score.ts";

/** How much of what a source says others contradict. */
export const sourcePictureText = (page: SourcePage): PictureText | undefined =>
  pictureText({
    dataset: page.title,
    heading: page.label,
    sentences: [sourceScore(page)],
    note: "What this source says, and what others say instead",
    ...(page.contradicted.length > 0 ? { tone: "deprecated" } : {}),
  });
