import type { Format } from "./format.ts";
import { FORMATS } from "./formats.ts";

/** Finds a format by its extension. */
export const formatWithExtension = (extension: string, formats: readonly Format[] = FORMATS): Format | undefined =>
  formats.find((format) => format.extension === extension);
