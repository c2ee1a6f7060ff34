import { counted } from "../explorer/counted.ts";
import { humanDate } from "../explorer/human-date.ts";
import { type PictureText, pictureText } from "../picture/picture-text.ts";
import { pageVersion, type ReleasePage } from "./release-page.ts";

/** The question of the board and the number of each answer; without a board, the description. */
function releaseAnswer({ main, description }: ReleasePage): string[] {
  const { answers, board } = main ?? {};
  const statuses = new Map<string, number>();
  for (const { status } of answers?.rows ?? []) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  for (const { label, members } of board?.groups ?? []) statuses.set(label, members.length);
  const title = answers?.title ?? board?.title;
  return title === undefined ? [description] : [`${title}: ${[...statuses].map(([label, count]) => `${label} ${count}`).join(" · ")}`];
}

/** The picture of a release: answer, version and date. */
export function releasePictureText(page: ReleasePage): PictureText | undefined {
  const { main } = page;
  return pictureText({
    dataset: main ? counted(main.model.total, main.model.noun) : page.name,
    heading: page.title,
    sentences: releaseAnswer(page),
    note: [`Version ${pageVersion(page)}`, page.date ? humanDate(page.date.slice(0, 10)) : ""].filter(Boolean).join(" · "),
  });
}
