import { colors } from "../colors.ts";
import { replaceText } from "../replace-text.ts";
import type { Unusual } from "./unusual-files.ts";

/** Writes the formatted text of a file; returns a line for the user. */
export async function fixFile({ folder, name, shown, was, text, changes }: Unusual): Promise<string> {
  const isWritten = await replaceText(folder, name, was, text);
  return isWritten
    ? `${colors.bold(shown)}  ${changes.join(", ")}`
    : `${colors.bold(shown)}  was changed by another program meanwhile, and was not written`;
}
