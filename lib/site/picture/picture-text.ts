import type { Tone } from "../../schema/table-plan.ts";
import { writableText } from "./writable-text.ts";

/** Pixels: the size that messengers and networks show. */
export const PICTURE_SIZE = { width: 1_200, height: 630 } as const;

export type PictureTone = Tone | "deprecated";

/** What a picture says, in letters that the font has. */
export interface PictureText {
  /** Title of the dataset. */
  dataset: string;
  heading: string;
  answer: string;
  /** The date, and who says so. */
  note: string;
  /** Colour of the bar at its side; the answer says in words what it means. */
  tone?: PictureTone;
}

/** As much of a text as the font can write; undefined where it cannot write its names, or no sentence. */
export function pictureText(given: Omit<PictureText, "answer"> & { sentences: readonly string[] }): PictureText | undefined {
  const [dataset, heading] = [writableText(given.dataset), writableText(given.heading)];
  const sentences = given.sentences.flatMap((sentence) => writableText(sentence) ?? []).filter(Boolean);
  if (!dataset || !heading || sentences.length === 0) return undefined;
  return {
    dataset,
    heading,
    answer: sentences.join(" "),
    note: writableText(given.note) ?? "",
    ...(given.tone ? { tone: given.tone } : {}),
  };
}
