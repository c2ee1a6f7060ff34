import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import { colors } from "./colors.ts";
import { out } from "./out.ts";

/** Prints the error of one step of a command that goes on. */
export const printFailure = (error: Error): void => out(colors.red(escapeControlChars(error.message, "\n")));
