import { recordKey } from "../dataset/record-key.ts";
import { type ChangesFile, composed } from "../site/versions/changes.ts";
import type { ListedVersion, VersionSurroundings, VersionsModel } from "../site/versions/versions.tsx";

const jsonOf = async <T>(url: string): Promise<T> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json() as Promise<T>;
};

interface CatalogueFile {
  releases: { version: string; date: string | null; level: string }[];
  withdrawn: { version: string; reason: string | null }[];
  removed: { version: string; reason: string | null }[];
}

export function versionsIn(model: VersionsModel): VersionSurroundings {
  let all: Promise<ListedVersion[]> | undefined;
  const allVersions = (): Promise<ListedVersion[]> => {
    all ??= jsonOf<CatalogueFile>(`/${model.dataset}/releases.json`).then(
      ({ releases, withdrawn, removed }) =>
        releases.map(({ version, date, level }) => {
          const known = model.versions.find((each) => each.version === version);
          const said = (events: CatalogueFile["removed"]): string | undefined =>
            events.findLast((event) => event.version === version)?.reason ?? undefined;
          const [gone, back] = [said(removed), said(withdrawn)];
          return {
            version,
            date,
            level,
            ...(known?.isNewest ? { isNewest: true as const } : {}),
            ...(back === undefined ? {} : { withdrawn: back }),
            ...(gone === undefined ? {} : { removed: gone }),
          };
        }),
      (error: Error) => {
        // It may be there when it is asked for again.
        all = undefined;
        throw error;
      },
    );
    return all;
  };
  return {
    allVersions,
    async compare(from, to) {
      const versions = await allVersions();
      const [first, last] = [from, to].map((version) => versions.findIndex((each) => each.version === version)) as [number, number];
      const steps = versions.slice(last, first).reverse();
      const files = await Promise.all(steps.map(({ version }) => jsonOf<ChangesFile>(`/${model.dataset}/${version}/changes.json`)));
      // What was removed is not listed, and what lies on both sides of it cannot be told.
      if (files.some(({ removed }) => removed)) throw new Error("a release between them was removed");
      const { records, shape } = composed(files, (table, record) => recordKey(model.tables[table] ?? { primaryKey: [] }, record));
      return { from, to, records, shape };
    },
  };
}
