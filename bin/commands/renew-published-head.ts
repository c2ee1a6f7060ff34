import { openSigner } from "../open-signer.ts";
import { openStore } from "../open-store.ts";
import type { PublishOptions } from "./publish.ts";
import { signPublishedHead } from "./sign-published-head.ts";

/** Signs the head of a store again if it is a day old. */
export async function renewPublishedHead(options: PublishOptions): Promise<void> {
  const { store } = await openStore(options.store, options.aliases);
  await signPublishedHead({ store, ...(await openSigner(options.key)) });
}
