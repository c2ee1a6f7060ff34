import type { Tone } from "../../schema/schema.ts";
import { writableText } from "./writable-text.ts";

/** Size in pixels, as messengers and social networks show it. */
export const PICTURE_SIZE = { width: 1_200, height: 630 } as const;

export type PictureTone = Tone | "deprecated";

/** The text of a picture, in letters that the font has. */
export interface PictureText {
  /** Title of the dataset. */
  dataset: string;
  heading: string;
  /** The answer. */
  sentences: readonly string[];
  /** The date and the source. */
  note: string;
  /** Colour of the bar; the answer states its meaning. */
  tone?: PictureTone;
}

/** Keeps the text that the font can write; undefined if it cannot write the names, or no sentence. */
export function pictureText(given: PictureText): PictureText | undefined {
  const [dataset, heading] = [writableText(given.dataset), writableText(given.heading)];
  const sentences = given.sentences.flatMap((sentence) => writableText(sentence) ?? []).filter(Boolean);
  if (!dataset || !heading || sentences.length === 0) return undefined;
  return {
    dataset,
    heading,
    sentences,
    note: writableText(given.note) ?? "",
    ...(given.tone ? { tone: given.tone } : {}),
  };
}
