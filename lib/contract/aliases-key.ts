import { PRIVATE_FOLDER } from "./private-folder.ts";

/** Where a directory keeps its aliases. */
export const ALIASES_KEY = `${PRIVATE_FOLDER}/aliases.json`;
