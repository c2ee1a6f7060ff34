import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import { colors } from "./colors.ts";
import { out } from "./out.ts";

/** Prints the error of one step, after which the command continues. */
export const printFailure = (error: Error): void => out(colors.red(escapeControlChars(error.message, "\n")));
