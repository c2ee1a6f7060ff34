import { existsSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { directoryReader } from "../../lib/adapters/folder/directory-reader.ts";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import { comparedCommit } from "../../lib/adapters/git/compared-commit.ts";
import { findCommit } from "../../lib/adapters/git/find-commit.ts";
import { isShallowClone } from "../../lib/adapters/git/is-shallow-clone.ts";
import { publishedBranch } from "../../lib/adapters/git/published-branch.ts";
import { readFolderId } from "../../lib/adapters/git/read-folder-id.ts";
import { changedDocuments } from "../../lib/build/changed-documents.ts";
import { changesChunks } from "../../lib/build/changes-chunks.ts";
import { compareReleases } from "../../lib/build/compare-releases.ts";
import { type ReleaseSide, releasePlans, releaseSide, sourceSide } from "../../lib/build/release-side.ts";
import { tableLabels } from "../../lib/build/table-labels.ts";
import { DATASET_FILE } from "../../lib/contract/dataset-files.ts";
import { isExactVersion } from "../../lib/contract/is-exact-version.ts";
import { FIRST_LAYOUT } from "../../lib/contract/layout.ts";
import { PACKAGE_FILE } from "../../lib/contract/release-files.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { noChunks } from "../../lib/ports/no-chunks.ts";
import type { Source, Workspace } from "../../lib/ports/ports.ts";
import { readCatalogue } from "../../lib/ports/read-catalogue.ts";
import { storedRelease } from "../../lib/ports/stored-release.ts";
import { changesMarkdown } from "../../lib/release/changes-markdown.ts";
import { changesText } from "../../lib/release/changes-text.ts";
import { summarizeDifference } from "../../lib/release/difference.ts";
import { releasesInForce } from "../../lib/release/releases-in-force.ts";
import { CURRENT_WORDING } from "../../lib/release/wording.ts";
import { colors } from "../colors.ts";
import { type DatasetRepository, findDatasetRepository } from "../dataset-repository.ts";
import { type DatasetFolder, findDatasets } from "../find-datasets.ts";
import { openStoreReader } from "../open-store-reader.ts";
import { out } from "../out.ts";
import { ProblemsError } from "../problems-error.ts";
import { RUNTIME } from "../runtime.ts";
import { shellWord } from "../shell-word.ts";
import { UsageError } from "../usage-error.ts";
import { withWorkspaces } from "../with-workspaces.ts";
import { writeTo } from "../write-to.ts";

interface DiffOptions {
  dataset?: string;
  store?: string;
  format: string;
}

async function releaseOf(dataset: DatasetFolder, name: string, storeAddress: string | undefined): Promise<ReleaseSide> {
  if (storeAddress === undefined) throw new UsageError(`"${name}" names a release. Name its store: --store DIR|URL`);
  const reader = await openStoreReader(storeAddress);
  const catalogue = (await readCatalogue(reader, dataset.name))?.catalogue;
  if (!catalogue) throw new UsageError(`${storeAddress} has no releases of ${dataset.name}`);
  const version = name === "latest" ? releasesInForce(catalogue)[0]?.version : name;
  if (!catalogue.releases.some((entry) => entry.version === version))
    throw new UsageError(
      `There is no ${name} of ${dataset.name} in ${storeAddress}. Its versions: ${catalogue.releases
        .map((entry) => entry.version)
        .slice(0, 20)
        .join(", ")}`,
    );
  return releaseSide(storedRelease(reader, `${dataset.name}/${version}`), `${dataset.name}/${version}`);
}

/** Opens a side by its name: a version, `latest`, a folder of a release or dataset, or a git commit. */
async function sideOf(dataset: DatasetFolder, name: string, options: DiffOptions, workspace: Workspace): Promise<ReleaseSide> {
  if (isExactVersion(name) || name === "latest") return releaseOf(dataset, name, options.store);
  const built = async (source: Parameters<typeof sourceSide>[0], remedy: string, rules?: { layout: number }): Promise<ReleaseSide> => {
    const side = await sourceSide(source, RUNTIME, workspace, rules);
    if (!side) throw new ProblemsError(`${name} has problems, so it cannot be compared. ${remedy}`);
    return side;
  };
  const folder = resolve(name);
  if (existsSync(join(folder, PACKAGE_FILE)))
    return releaseSide(storedRelease(directoryReader(resolve(folder, "..")), basename(folder)), name);
  if (existsSync(join(folder, DATASET_FILE))) return built(folderSource(folder), `See them with: factpress check ${shellWord(name)}`);
  const found = await findDatasetRepository(dataset.folder);
  // Git would read a name that starts with a hyphen as an option.
  const commit = name.startsWith("-") ? undefined : found && (await findCommit(found.repository, name));
  if (!found || commit === undefined) {
    const isShallow = found && (await isShallowClone(found.repository));
    throw new UsageError(
      `"${name}" is neither a version, nor "latest", nor a folder of a release or a dataset, nor a git commit${isShallow ? " of this shallow clone. More commits: git fetch --unshallow" : ""}`,
    );
  }
  return built(await inCommit(found, commit, name), "Name an earlier commit: git log --first-parent lists them", { layout: FIRST_LAYOUT });
}

async function inCommit({ repository, path }: DatasetRepository, commit: string, shown: string): Promise<Source> {
  if ((await readFolderId(repository, commit, path)) === undefined) throw new UsageError(`${shown} does not contain ${path}`);
  return commitSource(repository, commit, path);
}

/** The merge base with the published branch: the default base of the working folder. */
async function branchPoint(dataset: DatasetFolder): Promise<{ commit: string; name: string }> {
  const found = await findDatasetRepository(dataset.folder);
  if (!found) throw new UsageError("There is no git repository here: name what to compare with");
  const compared = await comparedCommit(found.repository, await publishedBranch(found.repository));
  if ("unknown" in compared) throw new UsageError(`${compared.unknown}. Name what to compare with: factpress diff A`);
  return compared;
}

async function datasetOf(name: string | undefined): Promise<DatasetFolder> {
  const [dataset, other] = await findDatasets(name);
  if (!dataset || other) throw new UsageError("There are several datasets: name one with --dataset NAME");
  return dataset;
}

export async function diff(a: string | undefined, b: string | undefined, options: DiffOptions): Promise<number> {
  if (!["text", "json", "markdown"].includes(options.format))
    throw new UsageError(`--format is text, json or markdown, not "${options.format}"`);
  const dataset = await datasetOf(options.dataset);
  const point = a === undefined ? await branchPoint(dataset) : undefined;
  const from = point?.name ?? (a as string);
  const to = b ?? (relative(process.cwd(), dataset.folder) || ".");
  return withWorkspaces(2, async (before, after) => {
    const old = await sideOf(dataset, point?.commit ?? from, options, before as Workspace);
    const now = await sideOf(dataset, b ?? dataset.folder, options, after as Workspace);
    const difference = await compareReleases(old, now, after as Workspace);
    if (options.format === "json") {
      const version = (side: ReleaseSide, otherwise: string): string => (side.shape.package["version"] as string | undefined) ?? otherwise;
      const head = {
        from: version(old, from),
        to: version(now, to),
        commit: null,
        date: null,
        generator: RUNTIME.generator,
        documents: changedDocuments(old, now),
      };
      for await (const chunk of changesChunks(head, difference, after as Workspace)) await writeTo(process.stdout, chunk);
      return 0;
    }
    const plans = releasePlans(now.shape.schema);
    const labels = await tableLabels(
      difference,
      plans,
      [now.read, old.read].map((read, i) => (table) => (i === 1 && !old.shape.schema.properties?.[table] ? noChunks() : read(table))),
    );
    if (options.format === "markdown") {
      process.stdout.write(
        changesMarkdown(
          { title: to, since: from, everything: "factpress diff --format json", wording: CURRENT_WORDING },
          difference,
          plans,
          labels,
        ),
      );
      return 0;
    }
    out(
      colors.bold(
        `${from} → ${to}  ${difference.level === "none" ? "" : `${difference.level}: `}${escapeControlChars(summarizeDifference(difference))}`,
      ),
    );
    process.stdout.write(
      changesText(difference, plans, labels, (sign, text) => (sign === "!" || sign === "-" || sign === ">" ? colors.red(text) : text)),
    );
    return 0;
  });
}
