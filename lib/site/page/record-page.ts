import type { DatasetEnd } from "../../release/dataset-end.ts";
import type { PageEnvironment } from "./layout.tsx";
import type { PagePicture } from "./page-picture.ts";

/** What the page of a record shows of the record itself. */
export interface RecordPage {
  /** Name and title of the dataset. */
  name: string;
  title: string;
  version: string;
  date: string | null;
  table: { name: string; title: string };
  key: string;
  label: string;
  /** Some fields are addresses, or name other records, of which some have pages. */
  fields: { title: string; parts: { text: string; href?: string }[] }[];
  path: string;
  picture?: PagePicture;
  /** The dataset is no longer published. */
  ended?: DatasetEnd;
  env: PageEnvironment;
}
