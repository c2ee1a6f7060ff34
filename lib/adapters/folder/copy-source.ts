import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Source } from "../../ports/ports.ts";
import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";

/** Copies a source to a folder, for a check that reads its files repeatedly. */
export async function copySource(source: Source, folder: string): Promise<void> {
  for (const { path } of await source.list()) {
    const target = join(folder, path);
    if (!target.startsWith(`${folder}/`)) throw new UnreadableSourceError(`${path} is outside its folder`);
    await mkdir(dirname(target), { recursive: true });
    const chunks: Uint8Array[] = [];
    for await (const chunk of source.read(path)) chunks.push(chunk);
    await writeFile(target, Buffer.concat(chunks), { flag: "wx" });
  }
}
