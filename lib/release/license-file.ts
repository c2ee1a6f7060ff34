import type { Dataset } from "../dataset/dataset.ts";

/** Text of `LICENSE`: the file in the dataset's folder, or else the names of its licences. */
export const licenseFile = ({ metadata, license }: Dataset): string =>
  license ?? metadata.licenses.map(({ name, title, path }) => `${[title ?? name, path].filter(Boolean).join("\n")}\n`).join("\n");
