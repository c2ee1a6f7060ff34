import type { LinkedRepository } from "../../contract/repository-links.ts";
import type { PublishedMetadata } from "../../dataset/metadata.ts";
import type { Format } from "../../formats/format.ts";
import type { Labels } from "../../formats/labels.ts";
import type { Catalogue } from "../../release/catalogue.ts";
import type { Changes } from "../../release/compose-changes.ts";
import type { DatasetEnd } from "../../release/dataset-end.ts";
import type { Tone } from "../../schema/schema.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { ExplorerModel, Row, ShownSource } from "../explorer/explorer-model.ts";
import type { MainAnswers } from "./main-answers.ts";
import type { PageEnvironment } from "./page-frame.tsx";
import type { PagePicture } from "./page-picture.ts";
import type { RecordPage } from "./record-page.ts";
import type { StatementGroup } from "./statement-group.ts";

/** The part of a table that a page shows. */
export interface PageTable {
  plan: TablePlan;
  count: number;
  /** Column → number of records with a value. */
  filled: ReadonlyMap<string, number>;
  /** Columns with an empty text in some record. */
  emptyTexts?: ReadonlySet<string>;
}

export interface PageFile {
  name: string;
  bytes: number;
  sha256: string;
  title?: string;
  /** The columns in the file, according to `datapackage.json`. */
  fields?: readonly { name: string; type: string }[];
}

export interface CitedSource extends Omit<ShownSource, "weakness"> {
  /** Index among the sources of the explorer. */
  index: number;
  key: string;
  /** Number of rows that cite it. */
  rows: number;
  /** Number of those rows that other rows contradict. */
  disputed: number;
  /** Number of those rows that are deprecated. */
  deprecated: { id: string; text: string }[];
  /** The address of its page, if it has one. */
  path?: string;
  /** Number of its statements shown as contradicted on its page; missing without a page. */
  contradicted?: number;
  /** Number of passages quoted by those statements, if all have a quotation. */
  passages?: number;
}

/** Input of the page of a release. */
export interface ReleasePage extends PublishedMetadata {
  /** Null for a preview. */
  version: string | null;
  /** RFC 3339. */
  date: string | null;
  commit: string | null;
  catalogue: Catalogue;
  /** The page of an older release does not name the newest one, so a new release does not change it. */
  isNewest: boolean;
  recordsStay: boolean;
  /** Layout of the exported files. */
  layout: number;
  /** Known formats; `files` lists the files that the release has. */
  formats: readonly Format[];
  tables: PageTable[];
  files: PageFile[];
  labels: Labels;
  /** Prefix of the files of this release. */
  base: string;
  env: PageEnvironment;
  main: MainTable | undefined;
  sources: CitedSource[];
  /** Changes since the release before; undefined for the first release, and if there are too many for a page. */
  changes: Changes | undefined;
  /** Version → what changed in it, in a sentence; on the page of the newest release, for the versions that it lists openly. */
  summaries?: ReadonlyMap<string, string>;
  picture?: PagePicture;
  /** Set if the dataset has ended. */
  ended?: DatasetEnd;
  /** The repository for corrections. */
  repository?: LinkedRepository & { folder: string };
}

/** The table that is explored. */
export interface MainTable {
  plan: TablePlan;
  /** The part included in the page. */
  model: ExplorerModel;
  /** The complete model. */
  whole: ExplorerModel;
  answers: MainAnswers | undefined;
  board: Board | undefined;
  /** The address of the list of all sources, if some have pages: the prefix of those. */
  sourcePages?: string;
  /** The first and last day in all rows. */
  covered?: [first: string, last: string];
}

export interface BoardGroup {
  label: string;
  description?: string;
  tone: Tone;
  members: { label: string; href: string }[];
  /** The address of their rows. */
  rows: string;
}

export interface Board {
  title: string;
  groups: BoardGroup[];
}

/** A page about one subject: its record, the rows about it, and those that refer to it. */
export interface SubjectPage extends RecordPage {
  model: ExplorerModel;
  about: StatementGroup[];
  mentions: Row[];
  /** Id of a row → its note. */
  notes: ReadonlyMap<string, string>;
  /** What other subjects of its kind have and this one has not. */
  lacking: { kind: string; titles: string[] };
  /** Related subjects, such as the relations of a country, with their numbers of statements. */
  related: { label: string; href: string; count: number; conflicts: number }[];
}

/** A page about one source: its statements, and which of them others contradict. */
export interface SourcePage extends RecordPage {
  model: ExplorerModel;
  /** Index among the sources of the model. */
  index: number;
  /** Its statements that a preferred statement contradicts. */
  contradicted: Row[];
  /** Its contradicted statements where no statement is preferred. */
  undecided: Row[];
  /** Its statements that are less precise or older than a preferred one. */
  superseded: Row[];
  /** Its statements that are preferred or not contradicted. */
  uncontradicted: Row[];
  /** Statements of other sources that cite it additionally. */
  supports: Row[];
}

export const pageVersion = (page: { version: string | null }): string => page.version ?? "preview";
