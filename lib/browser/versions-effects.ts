import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { recordKey } from "../contract/record-key.ts";
import { CHANGES_FILE } from "../contract/release-files.ts";
import type { ChangesStep, composeChanges } from "../release/compose-changes.ts";
import type { Row } from "../site/explorer/explorer-model.ts";
import { rowTitle } from "../site/explorer/row-title.ts";
import { parseComparison } from "../site/versions/comparison-address.ts";
import type { VersionsEffects } from "../site/versions/versions.tsx";
import type { ListedVersion, VersionsModel } from "../site/versions/versions-model.ts";

const jsonOf = async <T>(url: string): Promise<T> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json() as Promise<T>;
};

interface CatalogueFile {
  releases: { version: string; date: string | null; level: string; comparedWith?: string }[];
  withdrawn: { version: string; reason: string | null }[];
  removed: { version: string; reason: string | null }[];
}

/** The releases whose changes lead from one to another, oldest first. */
function stepsBetween(versions: readonly ListedVersion[], from: string, to: string): ListedVersion[] {
  const missing = [from, to].find((asked) => !versions.some(({ version }) => version === asked));
  if (missing !== undefined) throw new Error(`there is no version ${missing}`);
  const steps: ListedVersion[] = [];
  for (let at = to; at !== from; ) {
    const index = versions.findIndex(({ version }) => version === at);
    const step = versions[index];
    const before = step?.comparedWith ?? versions[index + 1]?.version;
    if (!step || before === undefined) throw new Error(`releases after ${from} were not compared with it`);
    steps.unshift(step);
    at = before;
  }
  return steps;
}

const lastReason = (events: CatalogueFile["removed"], version: string): string | undefined =>
  events.findLast((event) => event.version === version)?.reason ?? undefined;

function listedVersions({ releases, withdrawn, removed }: CatalogueFile, model: VersionsModel): ListedVersion[] {
  return releases.map(({ version, date, level, comparedWith }) => {
    const { isNewest, summary } = model.versions.find((each) => each.version === version) ?? {};
    const [withdrawal, removal] = [lastReason(withdrawn, version), lastReason(removed, version)];
    return {
      ...{ version, date, level },
      ...(isNewest ? { isNewest } : {}),
      ...(summary === undefined ? {} : { summary }),
      ...(comparedWith === undefined ? {} : { comparedWith }),
      ...(withdrawal === undefined ? {} : { withdrawn: withdrawal }),
      ...(removal === undefined ? {} : { removed: removal }),
    };
  });
}

/** `rows`: of the explorer, whose titles changes name. */
export function versionsEffects(model: VersionsModel, rows: () => Promise<Row[]>): VersionsEffects {
  let all: Promise<ListedVersion[]> | undefined;
  const allVersions = (): Promise<ListedVersion[]> => {
    all ??= jsonOf<CatalogueFile>(`/${catalogueObjectKey(model.dataset)}`).then(
      (catalogue) => listedVersions(catalogue, model),
      (error: Error) => {
        // The next call tries again.
        all = undefined;
        throw error;
      },
    );
    return all;
  };
  return {
    allVersions,
    addressed() {
      const asked = parseComparison(location.search);
      const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]");
      if (asked && canonical) canonical.href += `?compare=${asked.join("...")}`;
      return asked;
    },
    writeAddress(from, to) {
      const given = new URLSearchParams(location.search);
      given.set("compare", `${from}...${to}`);
      history.replaceState(null, "", `?${given}${location.hash}`);
    },
    async compare(from, to) {
      const versions = await allVersions();
      const steps = stepsBetween(versions, from, to);
      const files = await Promise.all(steps.map(({ version }) => jsonOf<ChangesStep>(`/${model.dataset}/${version}/${CHANGES_FILE}`)));
      // The changes of a removed release are not listed.
      if (files.some(({ removed }) => removed)) throw new Error("a release between them was removed");
      // Most readers compare nothing.
      const script = (await import(model.composer)) as { composeChanges: typeof composeChanges };
      const { records, shape } = script.composeChanges(files, (table, record) =>
        recordKey(model.tables[table] ?? { primaryKey: [] }, record),
      );
      // A changed record does not say what it is about.
      const isNamed = !records.some(({ table, record }) => table === model.main && !record);
      for (const row of isNamed ? [] : await rows()) model.titles[row.id] ??= rowTitle(row);
      return { from, to, records, shape };
    },
  };
}
