import type { ForgeSettings } from "../lib/ports/forge.ts";
import { logger } from "./logger.ts";
import { archiveFolder } from "./temporary-folder.ts";

/** Where a function keeps the files of archives, and logs the archives that fail. */
export const forgeFiles = (): Pick<ForgeSettings, "folder" | "log"> => ({
  folder: archiveFolder(),
  log: (line, fields) => logger.warn(line, { ...fields }),
});
