import type { AliasMark } from "../release/alias-entries.ts";
import { parseStoredJson } from "./parse-stored-json.ts";

/** Parses the mark. Undefined if it is missing or damaged, so that everything is written again. */
export const parseMark = (text: string | undefined): AliasMark | undefined => {
  const mark = text === undefined ? undefined : (parseStoredJson(text) as AliasMark | undefined);
  return Array.isArray(mark?.states) && mark.states.length > 0 ? mark : undefined;
};
