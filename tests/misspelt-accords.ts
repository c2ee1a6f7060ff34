import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT, write } from "./scratch.ts";

/** Puts the Accords into a folder, with the mistake that the README shows. */
export async function misspeltAccords(folder: string): Promise<void> {
  await cp(join(ROOT, "data"), join(folder, "data"), { recursive: true });
  const file = "data/abraham-accords/facts/oman.json";
  const text = await readFile(join(folder, file), "utf8");
  await write(folder, { [file]: text.replace('"certainty": "speculated"', '"certainty": "speculatd"') });
}
