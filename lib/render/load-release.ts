import { SCHEMA_FILE } from "../contract/dataset-files.ts";
import { recordKey } from "../contract/record-key.ts";
import { type LinkedRepository, repositoryFilesUrl } from "../contract/repository-links.ts";
import { optionalMetadata } from "../dataset/metadata.ts";
import type { Format } from "../formats/format.ts";
import { FORMATS } from "../formats/formats.ts";
import { listFormatFiles } from "../formats/list-format-files.ts";
import { recordsFile } from "../formats/records-file.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { readStoredTables } from "../ports/read-stored.ts";
import { sha256 } from "../ports/sha256.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { planTable } from "../schema/table-plan.ts";
import type { Explored } from "../site/explorer/explored.ts";
import type { ExplorerModel, Row } from "../site/explorer/explorer-model.ts";
import { isStatements } from "../site/explorer/is-statements.ts";
import { laterRowsFile } from "../site/explorer/later-rows-file.ts";
import { makeExplorerModel } from "../site/explorer/make-explorer-model.ts";
import { pageSlug } from "../site/explorer/page-slug.ts";
import { propertyWithRole } from "../site/explorer/property.ts";
import { rowHref } from "../site/explorer/row-anchor.ts";
import { sourceTable } from "../site/explorer/source-text.ts";
import { EXPLORED_ROWS, FIRST_ROWS, FIRST_ROWS_OF_MANY, TIMELINE_MARKS } from "../site/limits.ts";
import { makeAnswers } from "../site/make-answers.ts";
import { makeBoard } from "../site/make-board.ts";
import type { CardPage } from "../site/page/card-page.ts";
import { releaseCitation } from "../site/page/citations.ts";
import { contradictedPassages } from "../site/page/contradicted-text.ts";
import type { PageEnvironment } from "../site/page/page-frame.tsx";
import type { CitedSource, ReleasePage, SourcePage, SubjectPage } from "../site/page/release-page.ts";
import { releasePictureText } from "../site/page/release-picture-text.ts";
import { sourcePictureText } from "../site/page/source-picture-text.ts";
import { subjectPictureText } from "../site/page/subject-picture-text.ts";
import { cardPages, markCards } from "./card-pages.ts";
import { citedSources } from "./cited-sources.ts";
import { orderRecords } from "./order-records.ts";
import { pageFiles } from "./page-files.ts";
import { type ReadTable, readTable } from "./read-table.ts";
import { type ReleasePackage, readReleasePackage } from "./release-package.ts";
import { shownChanges } from "./shown-changes.ts";
import { sourcePages } from "./source-pages.ts";
import { subjectPages, subjectsWithPages, subjectTable } from "./subject-pages.ts";
import { withPicture } from "./with-picture.ts";

/** Addresses in the page of a release. */
export interface PageAddresses {
  /** Prefix of the release's files: empty, or a path that ends with `/`. */
  base: string;
  /** Address of the rows that the page leaves out. */
  rest: string;
  env: PageEnvironment;
  repository?: LinkedRepository & { folder: string };
  /** Address of the list of record lines. */
  lines?: string;
  /** Known formats. Default: all of this package. */
  formats?: readonly Format[];
}

/** A release page, and the pages that it links to. */
export interface LoadedRelease {
  page: ReleasePage;
  /** The rows that are not on the page, as JSON; undefined if the page has all rows. */
  rest: string | undefined;
  subjects: SubjectPage[];
  sources: SourcePage[];
  cards: CardPage[];
}

/** A release, or a build without a version. */
interface ShownRelease {
  version: string | null;
  catalogue: Catalogue;
  isNewest: boolean;
}

/** Reads everything that the pages of a release depend on. */
export async function loadRelease(
  folder: ReleaseFolder,
  { version, catalogue, isNewest }: ShownRelease,
  addresses: PageAddresses,
): Promise<LoadedRelease> {
  const described = await readReleasePackage(folder);
  const tables = await readAllTables(folder, described);
  const plans = tables.map(({ plan }) => plan);
  const { formats = FORMATS } = addresses;
  const files = await pageFiles(folder, described, listFormatFiles({ metadata: described, plans }, formats));
  const changes = await shownChanges({ folder, version, catalogue, files, plans });
  const page: ReleasePage = {
    ...metadataOf(described),
    ...{ version, catalogue, isNewest, files, formats, changes },
    tables: tables.map(({ plan, count, filled, emptyTexts }) => ({ plan, count, filled, emptyTexts })),
    labels: new Map(tables.map(({ plan, labels }) => [plan.name, labels])),
    base: addresses.base,
    env: addresses.env,
    main: undefined,
    sources: [],
    ...(addresses.repository ? { repository: addresses.repository } : {}),
  };
  const shown = tables.find(({ plan }) => isStatements(plan)) ?? tables[0];
  const loaded: LoadedRelease =
    shown && shown.count > 0
      ? withMainTable(page, tables, shown, addresses)
      : { page, rest: undefined, subjects: [], sources: [], cards: [] };
  return version === null ? loaded : withPictures(loaded, version);
}

/** Adds preview pictures to the pages that people share. */
function withPictures({ page, subjects, sources, ...loaded }: LoadedRelease, version: string): LoadedRelease {
  const { picture } = withPicture({ path: `/${page.name}/${version}/`, env: page.env }, releasePictureText(page));
  return {
    ...loaded,
    page: picture ? { ...page, picture } : page,
    subjects: subjects.map((subject) => withPicture(subject, subjectPictureText(subject))),
    sources: sources.map((source) => withPicture(source, sourcePictureText(source))),
  };
}

async function readAllTables(folder: ReleaseFolder, { resources }: ReleasePackage): Promise<ReadTable[]> {
  const schema = readStoredTables("schema.json of a release", (await folder.bytes(SCHEMA_FILE)) ?? Buffer.from("{}"));
  const plans = Object.keys(schema.properties ?? {}).map((name) => planTable(name, schema));
  const referenced = new Set(plans.flatMap((plan) => plan.referencedTables));
  const tables: ReadTable[] = [];
  for (const plan of plans) {
    const sha256 = resources.find(({ path }) => path === recordsFile(plan.name))?.hash.replace("sha256:", "");
    tables.push(await readTable(folder, plan, { isReferenced: referenced.has(plan.name), sha256 }));
  }
  return tables;
}

const metadataOf = (described: ReleasePackage) => {
  const { name, title, description, licenses, created, commit, records, layout } = described;
  return {
    ...{ name, title, description, licenses },
    ...optionalMetadata(described),
    recordsStay: records !== "may-go",
    date: created ?? null,
    commit: commit ?? null,
    layout: layout ?? 1,
  };
};

function exploredTable(page: ReleasePage, tables: readonly ReadTable[], { plan, records, count }: ReadTable): Explored {
  const referenced = new Set(tables.flatMap((table) => table.plan.referencedTables));
  const others = tables
    .filter((table) => referenced.has(table.plan.name))
    .map(
      ({ plan, records }) => [plan.name, { plan, records: new Map(records.map((record) => [recordKey(plan, record), record])) }] as const,
    );
  return {
    ...{ plan, records, total: count, labels: page.labels, others: new Map(others), base: page.base },
    ...(page.date === null ? {} : { day: page.date.slice(0, 10) }),
  };
}

/** The explored table and its model. If subjects have pages, records are in the order of the answer, otherwise in that of the files. */
function exploredModel(explored: Explored, isOrdered: boolean) {
  const ordered = isOrdered ? orderRecords(explored) : [];
  const used = isOrdered ? { ...explored, records: ordered.map(({ record }) => record) } : explored;
  const { model, sourceKeys } = makeExplorerModel(used);
  for (const [i, { line }] of ordered.entries()) (model.rows[i] as Row).line = line;
  const hasCards = isOrdered && markCards(model);
  const dated = model.rows.filter(({ days }) => days !== undefined).length;
  if (model.rows.length === explored.total && dated > 0 && dated <= TIMELINE_MARKS) model.isTimed = true;
  return { explored: used, model, sourceKeys, hasCards };
}

/** Adds the explored table and everything derived from it: board, sources, pages of subjects. */
function withMainTable(page: ReleasePage, tables: readonly ReadTable[], shown: ReadTable, addresses: PageAddresses): LoadedRelease {
  const { plan } = shown;
  // Rows are the same on the newest page and on that of an older version: an open page may read the file that a later release wrote.
  const subjectsOrNone = subjectTable(tables, shown);
  const { explored, model, sourceKeys, hasCards } = exploredModel(exploredTable(page, tables, shown), subjectsOrNone !== undefined);
  const subjects = page.isNewest && page.version !== null ? subjectsOrNone : undefined;
  const hrefOf = subjects ? addAddresses(model, page.name, { explored, subjects, hasCards }) : () => undefined;
  const cite = citeLinks(page, releaseCitation(page));
  if (cite) model.cite = cite;
  const edit = editLinks(page, addresses);
  if (edit) model.edit = edit;
  const days = model.rows.flatMap(({ days }) => days ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  const linkOf = (key: string): string => hrefOf(key) ?? rowsAbout(explored, key);
  const answers = makeAnswers(explored, model.rows, linkOf);
  const main = {
    plan,
    answers,
    board: answers ? undefined : makeBoard(explored, linkOf),
    ...(first && last && model.rows.length === shown.count ? { covered: [first, last] as [string, string] } : {}),
  };
  const loaded: ReleasePage = { ...page, sources: citedSources(explored, sourceKeys, model) };
  const { pageModel, rest } = splitRows(model, sourceKeys, addresses);
  // A record has only one page. If statements are about sources, that is the page of the subject.
  const hasSourcePages = subjects !== undefined && subjects.plan.name !== sourceTable(plan);
  const ofSources = hasSourcePages ? sourcePages(loaded, explored, { ...model }, { tables, sourceKeys }) : [];
  const prefix = ofSources[0] ? { sourcePages: `/${page.name}/${ofSources[0].table.name}/` } : {};
  const byIndex = new Map(ofSources.map((source) => [source.index, source]));
  const sources = loaded.sources.map((source) => ({ ...source, ...pagedSource(byIndex.get(source.index)) }));
  return {
    page: { ...loaded, sources, main: { ...main, ...prefix, model: pageModel, whole: model } },
    rest,
    subjects: subjects ? subjectPages(loaded, explored, { ...model }, { table: subjects, hrefOf }) : [],
    sources: ofSources,
    cards: cardPages(loaded, explored, { ...model }, hrefOf),
  };
}

/** Adds the addresses of subjects and cards to a model. Returns a function that returns the address of a subject's page, if it has one. */
function addAddresses(
  model: ExplorerModel,
  dataset: string,
  { explored, subjects, hasCards }: { explored: Explored; subjects: ReadTable; hasCards: boolean },
): (key: string) => string | undefined {
  const withPages = subjectsWithPages(subjects, explored);
  if (withPages.size === 0) return () => undefined;
  model.subjects = `/${dataset}/${subjects.plan.name}/`;
  markSubjects(model, explored, withPages);
  if (hasCards) model.cards = `/${dataset}/${explored.plan.name}/`;
  return (key) => (withPages.has(key) ? `${model.subjects}${pageSlug(key)}/` : undefined);
}

/** Marks the subjects without a page, and counts their rows. */
function markSubjects(model: ExplorerModel, { plan, records }: Explored, withPages: ReadonlySet<string>): void {
  const values = model.facets.find(({ role }) => role === "subject")?.values ?? [];
  for (const value of values) if (!withPages.has(value.value)) value.isWithoutPage = true;
  const subject = propertyWithRole(plan, "subject")?.[0] ?? "";
  const count = records.filter((record) => !withPages.has(String(record[subject]))).length;
  if (count > 0) model.withoutPage = count;
}

/** The address of the page of a source, and the number of its statements that are contradicted. */
function pagedSource(source: SourcePage | undefined): Pick<CitedSource, "path" | "contradicted" | "passages"> {
  if (!source) return {};
  const passages = contradictedPassages(source);
  return { path: source.path, contradicted: source.contradicted.length, ...(passages === undefined ? {} : { passages }) };
}

const citeLinks = ({ name, version, isNewest }: ReleasePage, release: string): ExplorerModel["cite"] =>
  version === null ? undefined : { release, path: `/${name}/${version}/`, ...(isNewest ? { latest: `/${name}/` } : {}) };

/** Links to the source of each row: on the branch for the newest release, at its commit for an older one. */
function editLinks({ isNewest, commit }: ReleasePage, { repository, lines }: PageAddresses): ExplorerModel["edit"] {
  if (!repository || !lines || !commit) return undefined;
  return { lines, files: `${repositoryFilesUrl(repository, isNewest ? "HEAD" : commit)}${repository.folder}/` };
}

/** The address of the rows about a subject. */
function rowsAbout({ plan }: Explored, key: string): string {
  const subject = propertyWithRole(plan, "subject");
  return subject ? `?${new URLSearchParams({ [subject[0]]: key })}#explore` : rowHref(plan.name, key);
}

/** Splits a table: the page has the first rows and their sources, a separate file has all rows and the other sources. */
function splitRows(
  model: ExplorerModel,
  sourceKeys: readonly string[],
  { rest: address, env: { script } }: PageAddresses,
): { pageModel: ExplorerModel; rest: string | undefined } {
  const { rows, sources } = model;
  const isExplored = model.total <= EXPLORED_ROWS;
  const shown = isExplored ? FIRST_ROWS : FIRST_ROWS_OF_MANY;
  if (rows.length <= shown) return { pageModel: model, rest: undefined };
  const first = rows.slice(0, shown);
  const known = 1 + Math.max(-1, ...first.flatMap((row: Row) => (row.sources ?? []).map(([index]) => index)));
  const pageModel = { ...model, rows: first, sources: sources.slice(0, known) };
  if (!isExplored) return { pageModel, rest: undefined };
  // A page that stays open while the file is replaced must not misread it. The hash covers only what the rows are decoded with, so that a
  // later release, which changes other parts of this page, writes the file under the same address.
  const decoding = [
    model.columns.map(({ name }) => name),
    model.facets.map(({ name, values }) => [name, values.map(({ value }) => value)]),
    ...[shown, model.total, sourceKeys.slice(0, known), script],
  ];
  const rest = `${address}?${sha256(JSON.stringify(decoding)).slice(0, 8)}`;
  return { pageModel: { ...pageModel, rest }, rest: laterRowsFile(rest, sources.slice(known), rows) };
}
