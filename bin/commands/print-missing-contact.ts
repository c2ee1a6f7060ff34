import type { Store } from "../../lib/ports/ports.ts";
import { storedRelease } from "../../lib/ports/stored-release.ts";
import type { Catalogue } from "../../lib/release/catalogue.ts";
import { releasesInForce } from "../../lib/release/releases-in-force.ts";
import { readReleasePackage } from "../../lib/render/release-package.ts";
import { readSite } from "../../lib/render/site.ts";
import { contacts } from "../../lib/site/page/contacts.ts";
import { out } from "../out.ts";

/** Prints how to give readers an address for reports of mistakes, if neither the newest release nor the site names one. */
export async function printMissingContact(store: Store, catalogue: Catalogue): Promise<void> {
  const [newest] = releasesInForce(catalogue);
  if (!newest || (await readSite(store)).repository) return;
  const { dataset } = catalogue;
  const described = await readReleasePackage(storedRelease(store, `${dataset}/${newest.version}`));
  const isReached = contacts(described, { subject: "", body: "" }).some(({ href }) => href !== undefined);
  if (described.homepage !== undefined || isReached) return;
  out(
    `${dataset}  readers have no address for reports of mistakes: in dataset.json, name an "email" or a "path" of a contributor, or a "homepage"`,
  );
}
