import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../datasets.ts";
import { out } from "../terminal.ts";
import { starterFiles } from "./starter.ts";

export async function makeNew(name: string, options: { data: string }): Promise<number> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || name.length > 100)
    throw new UsageError(`"${name}" cannot name a dataset: use small letters, digits and hyphens, such as river-levels`);
  if (["pages", "assets", "preview", "verify", "things"].includes(name))
    throw new UsageError(`A dataset cannot be called "${name}": choose another name`);
  const folder = join(options.data, name);
  const made = await mkdir(folder, { recursive: true });
  if (made === undefined) throw new UsageError(`${folder} exists already; nothing was written`);
  for (const [file, text] of Object.entries(starterFiles(name))) await writeFile(join(folder, file), text, { flag: "wx" });
  out(
    `${folder} is a small dataset to fill in:\n  schema.json says which tables and columns there are, things.json holds the records.\n  factpress check ${options.data === "data" ? name : folder}`,
  );
  return 0;
}
