import type { Metadata } from "../../dataset/metadata.ts";
import type { Labels } from "../../formats/cell-text.ts";
import type { Format } from "../../formats/format.ts";
import type { Catalogue } from "../../release/catalogue.ts";
import type { Changes } from "../../release/compose-changes.ts";
import type { DatasetEnd } from "../../release/dataset-end.ts";
import type { TablePlan, Tone } from "../../schema/table-plan.ts";
import type { ExplorerModel, Row } from "../explorer/explorer-model.ts";
import type { Answers } from "./answers.ts";
import type { PageEnvironment } from "./layout.tsx";
import type { PagePicture } from "./page-picture.ts";
import type { RecordPage } from "./record-page.ts";
import type { StatementGroup } from "./statement-group.ts";

/** As much of a table as a page shows. */
export interface PageTable {
  plan: TablePlan;
  count: number;
  /** Name of a column → in how many records it has a value. */
  filled: ReadonlyMap<string, number>;
  /** Names of columns in which a record has an empty text. */
  emptyTexts?: ReadonlySet<string>;
}

export interface PageFile {
  name: string;
  bytes: number;
  sha256: string;
  title?: string;
  /** The columns of a table as the release's `datapackage.json` describes them: their names in the file, and their types. */
  fields?: readonly { name: string; type: string }[];
}

export interface CitedSource {
  /** Index among the sources of the explorer. */
  index: number;
  key: string;
  title: string;
  by: string;
  url?: string;
  /** How many rows cite it. */
  rows: number;
  /** Number of these that other rows contradict. */
  disputed: number;
  /** Those of them that are deprecated. */
  deprecated: { id: string; text: string }[];
}

/** Input of the page of a release. */
export interface ReleasePage
  extends Pick<Metadata, "name" | "title" | "description" | "licenses" | "contributors" | "keywords" | "homepage"> {
  /** Null for a preview. */
  version: string | null;
  /** RFC 3339. */
  date: string | null;
  commit: string | null;
  catalogue: Catalogue;
  /** The page of an older release names no newer one, so that a new release does not change it. */
  isNewest: boolean;
  recordsStay: boolean;
  /** Of the exported files. */
  layout: number;
  /** The formats that are known; `files` says which files the release has. */
  formats: readonly Format[];
  tables: PageTable[];
  files: PageFile[];
  labels: Labels;
  /** Before the name of a file of this release. */
  base: string;
  env: PageEnvironment;
  main: MainTable | undefined;
  sources: CitedSource[];
  /** Changes since the release before; undefined for the first release, and where there are too many for a page. */
  changes: Changes | undefined;
  picture?: PagePicture;
  /** The dataset is no longer published. */
  ended?: DatasetEnd;
  /** Where readers correct the data. */
  repository?: { url: string; folder: string };
}

/** The table that is explored. */
export interface MainTable {
  plan: TablePlan;
  /** What the page holds of it from the start. */
  model: ExplorerModel;
  /** With all rows and sources. */
  whole: ExplorerModel;
  answers: Answers | undefined;
  board: Board | undefined;
  /** Prefix of a source's slug, where sources have pages. */
  sourcePages?: string;
  /** The first and last day that rows speak of, shown or not. */
  covered?: [first: string, last: string];
}

export interface BoardGroup {
  label: string;
  description?: string;
  tone: Tone;
  members: { label: string; href: string }[];
}

export interface Board {
  title: string;
  groups: BoardGroup[];
}

/** A page about one subject: its record, the rows about it, and those that name it. */
export interface SubjectPage extends RecordPage {
  model: ExplorerModel;
  about: StatementGroup[];
  mentions: Row[];
  /** Id of a row → what a reader should know besides. */
  notes: ReadonlyMap<string, string>;
  /** The subjects whose records name this one, such as the relations of a country, and what is said of them. */
  related: { label: string; href: string; count: number; conflicts: number }[];
}

/** A page about one source: what it says, and what of that other statements contradict. */
export interface SourcePage extends RecordPage {
  model: ExplorerModel;
  /** Of the source among those of the model. */
  index: number;
  /** What it says, best supported elsewhere otherwise. */
  contradicted: Row[];
  /** What is open: others say otherwise, and nothing is preferred. */
  open: Row[];
  /** What stands, but is less precise or older than what is preferred to it. */
  superseded: Row[];
  /** What nothing contradicts, or what is preferred. */
  others: Row[];
  /** Statements of other sources that name it beside their own. */
  supports: Row[];
}

export const pageVersion = (page: { version: string | null }): string => page.version ?? "preview";
