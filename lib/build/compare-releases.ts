import { isDeepStrictEqual } from "node:util";
import { FIRST_FORMATS } from "../contract/first-formats.ts";
import { listFormatFiles } from "../formats/list-format-files.ts";
import { recordsFile } from "../formats/records-file.ts";
import { noChunks } from "../ports/no-chunks.ts";
import type { Workspace } from "../ports/ports.ts";
import { datapackage } from "../release/datapackage.ts";
import { type Difference, levelOfDifference } from "../release/difference.ts";
import { layoutChange } from "../release/layout-change.ts";
import { type Package, type ReleaseShape, shapeChanges } from "../release/shape-changes.ts";
import { compareRecords } from "./compare-records.ts";
import { NO_RELEASE, type ReleaseSide, releaseAsDataset, releaseMetadata, releasePlans, releaseRecordsPolicy } from "./release-side.ts";

/** A side without the files of other formats. */
function inFormats(side: ReleaseSide, names: readonly string[]): ReleaseSide {
  const { shape } = side;
  const others = listFormatFiles(releaseAsDataset(shape)).filter(({ format }) => !names.includes(format.name));
  const resources = shape.package.resources.filter(({ path }) => !others.some(({ name }) => name === path));
  return { ...side, formats: names, shape: { ...shape, package: { ...shape.package, resources } } };
}

/**
 * Aligns the formats of two sides if those of one are unknown: a dataset that names none keeps the formats of its newest
 * release; without a catalogue, the formats of the first releases are assumed.
 */
function inKnownFormats(old: ReleaseSide, now: ReleaseSide): [old: ReleaseSide, now: ReleaseSide] {
  if (old.formats && !now.formats) return [old, inFormats(now, old.formats)];
  if (now.formats && !old.formats) return [inFormats(old, [...FIRST_FORMATS, ...now.formats]), now];
  return [old, now];
}

/** The shape of a side in another layout. */
function shapeIn({ shape }: ReleaseSide, layout: number): ReleaseShape {
  if (shape.package.layout === layout) return shape;
  const dataset = { metadata: releaseMetadata(shape.package), plans: releasePlans(shape.schema, layout) };
  const files = shape.package.resources.map(({ path, hash }) => ({ name: path, bytes: 0, sha256: hash?.replace("sha256:", "") ?? "" }));
  return { schema: shape.schema, package: JSON.parse(JSON.stringify(datapackage(dataset, NO_RELEASE, files))) as Package };
}

/** How a release was compared originally, if it is rebuilt. */
export interface ComparisonRules {
  /** The layout of the newer side changes its files visibly. */
  layoutShows?: boolean;
  /** Column types of Parquet and SQLite files were not compared. */
  ignoresFileTypes?: boolean;
}

/** The difference between two sides: files and columns, then records by primary key. Both are compared in the layout of `old`. */
export async function compareReleases(
  older: ReleaseSide,
  newer: ReleaseSide,
  workspace: Workspace,
  { layoutShows = false, ignoresFileTypes = false }: ComparisonRules = {},
): Promise<Difference> {
  const [old, now] = inKnownFormats(older, newer);
  const { layout } = old.shape.package;
  const shape = shapeIn(now, layout);
  const changes = shapeChanges(old.shape, shape, ignoresFileTypes);
  const schema = [...(layoutShows ? [layoutChange(layout, now.shape.package.layout)] : []), ...changes];
  const isRetyped = !ignoresFileTypes && !isDeepStrictEqual(changes, shapeChanges(old.shape, shape, true));
  const tables: Difference["tables"] = {};
  const oldPlans = releasePlans(old.shape.schema);
  for (const plan of releasePlans(now.shape.schema)) {
    const wasThere = old.shape.package.resources.some(({ path }) => path === recordsFile(plan.name));
    const oldKey = oldPlans.find(({ name }) => name === plan.name)?.primaryKey;
    const compared = {
      old: () => (wasThere ? old.read(plan.name) : noChunks()),
      now: () => now.read(plan.name),
      hasSameKey: isDeepStrictEqual(oldKey, plan.primaryKey),
    };
    tables[plan.name] = await compareRecords(plan, compared, workspace);
  }
  const level = levelOfDifference(schema, tables, releaseRecordsPolicy(old));
  return { level, schema, tables, ...(isRetyped ? { retyped: true } : {}) };
}
