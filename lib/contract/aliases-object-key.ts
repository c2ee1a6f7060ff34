import { PRIVATE_FOLDER } from "./private-folder.ts";

/** Key of the aliases in a store that is a directory. */
export const ALIASES_OBJECT_KEY = `${PRIVATE_FOLDER}/aliases.json`;
