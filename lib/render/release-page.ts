import { recordKey } from "../contract/record-key.ts";
import { sha256 } from "../ports/body.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { readChanges, readPackage, readTables } from "../ports/stored-documents.ts";
import { type Catalogue, comparedEntry } from "../release/catalogue.ts";
import { type Changes, composeChanges } from "../release/compose-changes.ts";
import type { RecordsPromise } from "../release/difference.ts";
import { planTable, type TablePlan } from "../schema/table-plan.ts";
import { boardOf } from "../site/board.ts";
import { sourceTable, sourceText } from "../site/explorer/citations.ts";
import { EXPLORED_ROWS, hrefOf, PAGE_ROWS, type Row, slugOf } from "../site/explorer/model.ts";
import { type Explored, explorerModel } from "../site/explorer/model-of.ts";
import { isStatements, withRole } from "../site/explorer/roles.ts";
import { described } from "../site/page/file-words.ts";
import type { Place } from "../site/page/layout.tsx";
import type { CitedSource, PageFile, PageTable, ReleasePage, SubjectPage } from "../site/page/release.ts";
import { type ReadTable, readTable } from "./read-table.ts";
import { subjectPages, subjectTable } from "./subject-pages.ts";

/** So many sources are listed, those that are cited most. */
const LISTED_SOURCES = 500;
/** A difference that is larger is left to CHANGES.md. */
const SHOWN_CHANGES = 200;
const MAX_CHANGES_BYTES = 2_000_000;

/** Where a page will stand, seen from itself. */
export interface PagePlace {
  /** What stands before the name of a file of its release: empty, or a path that ends with `/`. */
  base: string;
  /** Where the rows that the page does not hold will stand. */
  rest: string;
  place: Place;
  repository?: { url: string; folder: string };
  /** Where the lines of records stand in the repository. */
  lines?: string;
}

interface Package extends Pick<ReleasePage, "name" | "title" | "description" | "licenses" | "contributors" | "keywords" | "homepage"> {
  created?: string;
  commit?: string | null;
  records?: RecordsPromise;
  layout?: number;
  resources: { path: string; title?: string; bytes: number; hash: string; schema?: { fields: { name: string; type: string }[] } }[];
}

/** The columns of a table as the release describes them. */
function fieldsOf({ resources }: Package, { name }: TablePlan): Pick<PageTable, "fields"> {
  const schema = resources.find(({ path }) => path === `${name}.csv`)?.schema;
  return schema ? { fields: schema.fields.map(({ name, type }) => ({ name, type })) } : {};
}

async function packageBytes(folder: ReleaseFolder): Promise<Uint8Array> {
  const bytes = await folder.bytes("datapackage.json");
  if (!bytes) throw new Error("datapackage.json of a release is missing");
  return bytes;
}

const parsedPackage = (bytes: Uint8Array): Package => readPackage<Package>("datapackage.json of a release", bytes);

/** `datapackage.json` of a release. */
export const packageOf = async (folder: ReleaseFolder): Promise<Package> => parsedPackage(await packageBytes(folder));

/** What changed since the release before, if that is little enough for a page. */
async function changesOf(folder: ReleaseFolder, files: readonly PageFile[], plans: readonly TablePlan[]): Promise<Changes | undefined> {
  const listed = files.find(({ name }) => name === "changes.json");
  if (!listed || listed.bytes > MAX_CHANGES_BYTES) return undefined;
  const bytes = await folder.bytes("changes.json");
  if (!bytes) return undefined;
  const file = readChanges("changes.json of a release", bytes);
  if (file.removed || !file.tables) return undefined;
  const planOf = (table: string): TablePlan | undefined => plans.find(({ name }) => name === table);
  const changes = composeChanges([file], (table, record) => {
    const plan = planOf(table);
    return plan ? recordKey(plan, record) : "";
  });
  return changes.records.length > SHOWN_CHANGES ? undefined : changes;
}

/** What is different from a removed release would quote it. */
const isQuoted = (catalogue: Catalogue, version: string | null): boolean => {
  const compared = version === null ? undefined : comparedEntry(catalogue, version)?.version;
  return !catalogue.removed.some((event) => event.version === compared);
};

function citedSources(
  explored: Explored,
  rows: readonly Row[],
  model: { sources: { title: string }[]; columns: { kind: string }[] },
): CitedSource[] {
  const name = sourceTable(explored.plan);
  const table = name === undefined ? undefined : explored.others.get(name);
  if (!table) return [];
  const value = model.columns.findIndex(({ kind }) => kind === "value");
  // What nothing cites stands in the table of sources, and is no source of what is shown.
  const found = explored.sourceKeys.flatMap((key, index): CitedSource[] => {
    const record = table.records.get(key);
    return record ? [{ key, index, ...sourceText(table.plan, record), rows: 0, disputed: 0, deprecated: [] }] : [];
  });
  const byIndex = new Map(found.map((source) => [source.index, source]));
  // Of the first rows of many nobody can say how many rows cite a source.
  if (rows.length < explored.total) return [];
  for (const row of rows)
    for (const index of new Set((row.sources ?? []).map(([index]) => index))) {
      const source = byIndex.get(index);
      if (!source) continue;
      source.rows += 1;
      if (row.claims) source.disputed += 1;
      if (row.isDeprecated)
        source.deprecated.push({ id: row.id, text: [row.cells[0], row.cells[value]].filter(Boolean).join(": ") || row.id });
    }
  return found.sort((a, b) => b.rows - a.rows).slice(0, LISTED_SOURCES);
}

/** A page and what belongs to it. */
export interface LoadedRelease {
  page: ReleasePage;
  /** The rows that the page leaves out, as JSON; undefined where it holds all of them. */
  rest: string | undefined;
  subjects: SubjectPage[];
}

/** All that the pages of a release are a function of, read from its files. */
export async function loadRelease(
  folder: ReleaseFolder,
  version: string | null,
  catalogue: Catalogue,
  isNewest: boolean,
  { base, rest, place, repository, lines: linesUrl }: PagePlace,
): Promise<LoadedRelease> {
  const packaged = await packageBytes(folder);
  const about = parsedPackage(packaged);
  const schema = readTables("schema.json of a release", (await folder.bytes("schema.json")) ?? Buffer.from("{}"));
  const manifest = (await folder.bytes("SHA256SUMS")) ?? new Uint8Array();
  const plans = Object.keys(schema.properties ?? {}).map((name) => planTable(name, schema));
  const referenced = new Set(plans.flatMap((plan) => plan.referencedTables));
  const tables: ReadTable[] = [];
  for (const plan of plans) tables.push(await readTable(folder, plan, referenced.has(plan.name)));
  const labels = new Map(tables.map(({ plan, labels }) => [plan.name, labels]));
  const listed = (name: string, bytes: Uint8Array): PageFile => ({
    name,
    title: described(name, undefined, tables),
    bytes: bytes.length,
    sha256: sha256(bytes),
  });
  const files: PageFile[] = [
    ...about.resources.map(({ path, title, bytes, hash }) => ({
      name: path,
      title: described(path, title, tables),
      bytes,
      sha256: hash.replace("sha256:", ""),
    })),
    listed("datapackage.json", packaged),
    listed("SHA256SUMS", manifest),
  ];
  const shown = tables.find(({ plan }) => isStatements(plan)) ?? tables[0];
  const day = about.created?.slice(0, 10);
  const { name, title, description, licenses, contributors, keywords, homepage } = about;
  const page: ReleasePage = {
    ...{ name, title, description, licenses },
    ...(contributors ? { contributors } : {}),
    ...(keywords ? { keywords } : {}),
    ...(homepage ? { homepage } : {}),
    recordsStay: about.records !== "may-go",
    version,
    date: about.created ?? null,
    commit: about.commit ?? null,
    catalogue,
    isNewest,
    layout: about.layout ?? 1,
    tables: tables.map(({ plan, count, filled, emptyTexts }) => ({ plan, count, filled, emptyTexts, ...fieldsOf(about, plan) })),
    files,
    labels,
    base,
    place,
    main: undefined,
    sources: [],
    changes: isQuoted(catalogue, version) ? await changesOf(folder, files, plans) : undefined,
    ...(repository ? { repository } : {}),
  };
  if (!shown || shown.count === 0) return { page, rest: undefined, subjects: [] };
  const others = new Map(
    tables
      .filter(({ plan }) => referenced.has(plan.name))
      .map(({ plan, records }) => [plan.name, { plan, records: new Map(records.map((record) => [recordKey(plan, record), record])) }]),
  );
  const explored: Explored = {
    plan: shown.plan,
    records: shown.records,
    total: shown.count,
    labels,
    others,
    base,
    ...(day ? { day } : {}),
    sourceKeys: [],
  };
  const model = explorerModel(explored);
  const { rows, sources } = model;
  const spokenOf = subjectTable(tables, shown, isNewest && version !== null ? name : undefined);
  if (spokenOf) model.subjects = `/${name}/${spokenOf.plan.name}/`;
  if (repository && linesUrl && about.commit) {
    // The newest release is what people correct; an older one is shown as it was.
    const at = isNewest ? "HEAD" : about.commit;
    model.edit = { lines: linesUrl, files: `${repository.url}/blob/${at}/${repository.folder}/` };
  }
  page.sources = citedSources(explored, rows, model);
  const linkOf = (key: string): string => {
    const slug = spokenOf && slugOf(key);
    if (slug !== undefined) return `${model.subjects}${slug}/`;
    const subject = withRole(shown.plan, "subject");
    return subject ? `?${new URLSearchParams({ [subject[0]]: key })}#explore` : hrefOf(shown.plan.name, key);
  };
  const board = boardOf(explored, linkOf);
  const days = rows.flatMap(({ days }) => days ?? []).sort();
  const all = {
    plan: shown.plan,
    board,
    ...(days[0] && days.at(-1) && rows.length === shown.count ? { covered: [days[0], days.at(-1) as string] as [string, string] } : {}),
  };
  const subjects = spokenOf ? subjectPages(page, explored, { ...model }, spokenOf) : [];
  if (rows.length <= PAGE_ROWS) return { page: { ...page, main: { ...all, model } }, rest: undefined, subjects };
  // The page holds the first rows and the sources that they name; all rows, and the sources that are left, stand beside it.
  const first = rows.slice(0, PAGE_ROWS);
  const known = 1 + Math.max(-1, ...first.flatMap((row) => (row.sources ?? []).map(([index]) => index)));
  const isLeft = shown.count <= EXPLORED_ROWS;
  const main = { ...all, model: { ...model, rows: first, sources: sources.slice(0, known), ...(isLeft ? { rest } : {}) } };
  return { page: { ...page, main }, rest: isLeft ? `${JSON.stringify({ sources: sources.slice(known), rows })}\n` : undefined, subjects };
}
