import type { DatasetEnd } from "../../release/dataset-end.ts";
import type { ExplorerModel, Row } from "../explorer/explorer-model.ts";
import type { PageEnvironment } from "./page-frame.tsx";
import type { PagePicture } from "./page-picture.ts";
import type { Report } from "./report.ts";

/** Input of the card of one statement: a separate page, to cite, embed and share. */
export interface CardPage {
  /** Name and title of the dataset. */
  name: string;
  title: string;
  version: string;
  date: string | null;
  licenses: { name: string; path?: string }[];
  model: ExplorerModel;
  row: Row;
  report: Report;
  /** Path of the page of its subject. */
  subject: string;
  path: string;
  picture?: PagePicture;
  /** Set if the dataset has ended. */
  ended?: DatasetEnd;
  env: PageEnvironment;
}
