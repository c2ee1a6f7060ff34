import type { FoundEnd } from "./find-end.ts";

/** Whether the authors declared the end of a dataset. */
export const isEndAnnounced = ({ reason, continuedAs, isDraft }: FoundEnd): boolean =>
  reason !== undefined || continuedAs !== undefined || isDraft === true;
