import { stat } from "node:fs/promises";
import { ifExists } from "../lib/adapters/folder/if-exists.ts";

export const isFolder = async (path: string): Promise<boolean> => (await ifExists(stat(path)))?.isDirectory() === true;
