import type { FileLocale } from "./file-locale.ts";

export interface InferenceOptions {
  /** Name of the column, as on the command line. */
  name: string;
  locale: FileLocale;
  /** Why the column is text regardless of its cells; "" if there is nothing to explain. */
  asText?: string;
  /** Keep formula guards. */
  keepGuards?: boolean;
  /** The column is named like codes: it stays text if a number would change its cells. */
  isCode?: boolean;
  /** The types come from a schema, so ambiguous cells are accepted. */
  isKnown?: boolean;
}
