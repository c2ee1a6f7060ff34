import { bodyOf } from "../ports/body-of.ts";
import type { Store } from "../ports/ports.ts";
import { ASSETS } from "../site/assets.ts";

const ASSET_BODIES = ASSETS.map(({ name, bytes }) => ({ key: `assets/${name}`, body: bodyOf(bytes) }));

/** Writes the scripts, styles and fonts of pages. Their names contain a hash, so stored ones are up to date. */
export async function putAssets(store: Pick<Store, "list" | "putIfAbsent">): Promise<void> {
  const known = new Set<string>();
  for await (const { key } of store.list("assets/")) known.add(key);
  for (const { key, body } of ASSET_BODIES) if (!known.has(key)) await store.putIfAbsent(key, body);
}
