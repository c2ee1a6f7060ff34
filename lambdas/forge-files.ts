import type { ForgeSettings } from "../lib/ports/forge.ts";
import { logger } from "./logger.ts";
import { archiveFolder } from "./temporary-folder.ts";

/** Where a function keeps files that the forge sends at once, and logs if it does not. */
export const forgeFiles = (): Pick<ForgeSettings, "folder" | "log"> => ({
  folder: archiveFolder(),
  log: (line, fields) => logger.info(line, { ...fields }),
});
