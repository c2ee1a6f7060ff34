/** A bug to plant in a copy of the protocol. The replaced text occurs exactly once in its file. */
export interface PlantedBug {
  bug: string;
  file: string;
  from: string;
  to: string;
  /** A second replacement in the same file. */
  also?: [from: string, to: string];
  /** Titles of tests of the protocol that find it. */
  finds: string[];
}

export const PLANTED: readonly PlantedBug[] = [
  {
    bug: "an old plan with a new ETag",
    file: "lib/publish/publish-attempt.ts",
    from: "Buffer.from(catalogueText(next)), etag)",
    to: "Buffer.from(catalogueText(next)), (await store.get(`${dataset}/releases.json`))?.etag ?? etag)",
    finds: ["two publishers, pushes in between, a commit with problems", "three publishers of the same commits"],
  },
  {
    bug: "the catalogue read before the alias store's ETag",
    file: "lib/render/project-dataset.ts",
    from: "const etag = await aliases.etag();\n",
    to: "const early = await readCatalogue(store, name);\n  const etag = await aliases.etag();\n",
    also: ["const catalogue = (await readCatalogue(store, name))?.catalogue;", "const catalogue = early?.catalogue;"],
    finds: ["latest does not move back with a publisher that was overtaken while it projected"],
  },
  {
    bug: "pages put blindly",
    file: "lib/render/page-writer.ts",
    from: "await this.#store.putIfMatch(key, text, before)",
    to: "await (async () => { for (;;) { const put = await this.#store.putIfMatch(key, text, (await this.#store.get(key))?.etag ?? null); if (put) return put; } })()",
    finds: ["V6: a slow publisher does not put an old page or feed over a newer one"],
  },
  {
    bug: "another order of puts: the manifest last",
    file: "lib/publish/put-release.ts",
    from: "[...claim, ...artifacts.filter(({ name }) => name !== MANIFEST_FILE)]",
    to: "[...artifacts.filter(({ name }) => name !== MANIFEST_FILE), ...claim]",
    finds: ["two tools", "V8: a listed release gets no file of another tool"],
  },
  {
    bug: "a run without a release projects nothing",
    file: "lib/publish/publish-dataset.ts",
    from: "const catalogue = await projectDataset(job.store, job.aliases, job.dataset, job.runtime.countedTables);",
    to: "const { parseCatalogue } = await import('../release/parse-catalogue.ts');\n    const { emptyCatalogue } = await import('../release/catalogue.ts');\n    const stored = await job.store.get(`${job.dataset}/releases.json`);\n    const listed = stored ? parseCatalogue(stored.bytes, job.dataset) : emptyCatalogue(job.dataset);\n    const catalogue = released.length === 0 ? listed : await projectDataset(job.store, job.aliases, job.dataset, job.runtime.countedTables);",
    finds: [
      "V3: a run that releases nothing writes projections too",
      "may fail once, before or after it takes effect, and a rerun yields the store of an undisturbed run",
    ],
  },
];
