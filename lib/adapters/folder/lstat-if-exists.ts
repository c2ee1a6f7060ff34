import type { Stats } from "node:fs";
import { lstat } from "node:fs/promises";
import { ifExists } from "./if-exists.ts";

/** The file or folder at a path, links not followed; undefined if there is none. */
export const lstatIfExists = (path: string): Promise<Stats | undefined> => ifExists(lstat(path));
