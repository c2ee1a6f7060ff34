import type { Catalogue } from "./catalogue.ts";

/** The commits of the newest release, withdrawal and removal: a branch with these contains everything that the catalogue records. */
export const recordedCommits = ({ releases, withdrawn, removed }: Catalogue): (string | null)[] =>
  [releases[0], withdrawn.at(-1), removed.at(-1)].flatMap((recorded) => (recorded ? [recorded.commit] : []));
