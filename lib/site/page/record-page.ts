import type { DatasetEnd } from "../../release/dataset-end.ts";
import type { PageEnvironment } from "./page-frame.tsx";
import type { PagePicture } from "./page-picture.ts";

/** The part of a page that shows the record itself. */
export interface RecordPage {
  /** Name and title of the dataset. */
  name: string;
  title: string;
  version: string;
  date: string | null;
  table: { name: string; title: string };
  key: string;
  label: string;
  /** Values, with links for addresses and for references to records with pages. */
  values: { title: string; parts: { text: string; href?: string }[] }[];
  path: string;
  /** Where a mistake in it is reported; missing if the site does not say where. */
  report?: string;
  picture?: PagePicture;
  /** Set if the dataset has ended. */
  ended?: DatasetEnd;
  env: PageEnvironment;
}
