import type { ReleasePage } from "./release-page.ts";

/** How to open files of formats that need it. */
export const OpeningHints = ({ page: { formats } }: { page: ReleasePage }) => {
  const hints = formats.flatMap(({ openingHint }) => openingHint ?? []);
  return hints.length === 0 ? null : <p>{hints.join(" ")}</p>;
};
