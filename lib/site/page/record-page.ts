import type { DatasetEnd } from "../../release/dataset-end.ts";
import type { PageEnvironment } from "./page-frame.tsx";
import type { PagePicture } from "./page-picture.ts";
import type { Report } from "./report.ts";

/** The part of a page that shows the record itself. */
export interface RecordPage {
  /** Name and title of the dataset. */
  name: string;
  title: string;
  version: string;
  date: string | null;
  /** Date of the newest source of the dataset, if it says one. */
  researchedUntil?: string;
  table: { name: string; title: string };
  key: string;
  label: string;
  /** Values, with links for addresses and for references to records with pages. */
  values: { title: string; parts: { text: string; href?: string }[] }[];
  path: string;
  report: Report;
  picture?: PagePicture;
  /** Set if the dataset has ended. */
  ended?: DatasetEnd;
  env: PageEnvironment;
}
