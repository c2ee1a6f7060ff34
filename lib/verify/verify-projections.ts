import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import type { Aliases, ReadableStore, ReleaseFolder } from "../ports/ports.ts";
import { storedRelease } from "../ports/stored-release.ts";
import { aliasEntries } from "../release/alias-entries.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { datasetProjections } from "../render/dataset-projections.ts";
import { formerPageBody } from "../render/former-page-body.ts";
import { isCurrentMark, isMarkOfRenderer } from "../render/is-current-mark.ts";
import { parseMark } from "../render/parse-mark.ts";
import { isRecordLinesObjectKey } from "../render/record-lines-object-key.ts";
import { type RenderedSite, siteOf } from "../render/site.ts";
import { compareFile } from "./compare-file.ts";
import { compareIceberg } from "./compare-iceberg.ts";
import type { Verified } from "./nothing-verified.ts";
import { VerificationError } from "./verification-error.ts";
import { verifyAssets } from "./verify-assets.ts";

export interface ProjectionsToVerify {
  store: ReadableStore;
  dataset: string;
  /** The aliases, if they can be read. */
  aliases?: Pick<Aliases, "get" | "list"> | undefined;
  /** The renderer of the pages, according to the signed head. */
  rendered?: { pages: string; generator: string } | undefined;
  /** The version of the running Factpress. */
  generator: string;
}

async function verifyAliases(
  { dataset }: ProjectionsToVerify,
  aliases: Pick<Aliases, "get" | "list">,
  catalogue: Catalogue,
): Promise<void> {
  const wanted = aliasEntries(catalogue);
  for (const [key, value] of wanted)
    if ((await aliases.get(key)) !== value) throw new VerificationError(`the alias ${key}`, `does not match the catalogue (${value})`);
  for await (const key of aliases.list(`${dataset}/`))
    if (!wanted.has(key) && key !== `${dataset}/mark`)
      throw new VerificationError(`the alias ${key}`, "exists, but the catalogue has no such alias");
}

type Rendering = "here" | "elsewhere" | "unknown";

/** Whether this renderer wrote the pages, according to the mark of the aliases or the signed head. */
async function renderingOf(job: ProjectionsToVerify, catalogue: Catalogue, site: RenderedSite): Promise<Rendering> {
  const { aliases, dataset, rendered } = job;
  if (!aliases || catalogue.releases.length === 0) return rendered ? (rendered.pages === site.id ? "here" : "elsewhere") : "unknown";
  const mark = parseMark(await aliases.get(`${dataset}/mark`));
  if (!mark) throw new VerificationError(`the alias ${dataset}/mark`, "is missing or damaged. Publish again to write pages and aliases");
  await verifyAliases(job, aliases, catalogue);
  if (!isMarkOfRenderer(mark, site)) return "elsewhere";
  if (!isCurrentMark(mark, catalogue, site))
    throw new VerificationError(
      catalogueObjectKey(dataset),
      "differs from the catalogue that pages and aliases were made from (a publisher was interrupted, or it was changed)",
    );
  return "here";
}

/** Commits of the same version may render different pages. */
function otherVersion({ rendered, generator }: ProjectionsToVerify): string {
  const what = "Pages, feed and assets were not compared";
  if (rendered?.generator === generator)
    return `${what}: another commit of factpress ${generator} wrote them than this one, which factpress --version names. Verify with the commit that wrote them.`;
  return rendered
    ? `${what}: factpress ${rendered.generator} wrote them, but this is ${generator}. Verify with the version that wrote them.`
    : `${what}: another version or commit of factpress wrote them, but this is ${generator}. Verify with the one that wrote them.`;
}

/** Checks that pages, feed, assets and aliases match the catalogue and the releases. */
export async function verifyProjections(job: ProjectionsToVerify, catalogue: Catalogue, result: Verified): Promise<void> {
  const site = await siteOf(job.store);
  const rendering = await renderingOf(job, catalogue, site);
  const { stored, changed, firstError } = await comparePages(job, catalogue, site, result);
  if (firstError === undefined) {
    if (stored > 0) await verifyAssets(job.store, result);
    return;
  }
  // Another version renders different pages, so missing, changed or additional pages are not errors.
  if (rendering === "elsewhere" || (rendering === "unknown" && stored > 0 && changed === stored)) result.uncompared.push(otherVersion(job));
  else throw firstError;
}

interface ComparedPages {
  /** Number of stored pages of the releases. */
  stored: number;
  /** Number of stored pages with different bytes. */
  changed: number;
  /** The first error in pages, feed or Iceberg tables. */
  firstError: VerificationError | undefined;
}

async function comparePages(
  { store, dataset }: ProjectionsToVerify,
  catalogue: Catalogue,
  site: RenderedSite,
  result: Verified,
): Promise<ComparedPages> {
  const named = new Set<string>();
  const pages: ComparedPages = { stored: 0, changed: 0, firstError: undefined };
  const openRelease = (version: string): ReleaseFolder => storedRelease(store, `${dataset}/${version}`);
  for (const { render } of datasetProjections(openRelease, catalogue, site))
    for await (const [key, body] of render()) {
      named.add(key);
      const stored = (await store.get(key))?.bytes;
      const error = compareFile(key, typeof body === "string" ? Buffer.from(body) : body.draw(), stored, result);
      pages.firstError ??= error;
      // Feeds do not count: versions with different pages may write the same feed.
      if (!stored || !key.startsWith("pages/")) continue;
      pages.stored += 1;
      if (error) pages.changed += 1;
    }
  const iceberg = await compareIceberg(store, catalogue, site, result);
  pages.firstError ??= iceberg;
  pages.firstError ??= await findOtherPage(store, dataset, named, site);
  return pages;
}

/** Finds a page that belongs to no release and was not replaced with a note on its removal. */
async function findOtherPage(
  store: ReadableStore,
  dataset: string,
  named: ReadonlySet<string>,
  site: RenderedSite,
): Promise<VerificationError | undefined> {
  if (!store.list) return undefined;
  for await (const { key } of store.list(`pages/${dataset}/`))
    if (
      !named.has(key) &&
      !isRecordLinesObjectKey(key) &&
      !(await formerPageBody(site, key)).equals((await store.get(key))?.bytes ?? new Uint8Array())
    )
      return new VerificationError(key, "belongs to no release");
  return undefined;
}
