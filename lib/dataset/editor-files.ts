import { applyEdits, modify } from "jsonc-parser";
import { DATASET_FILE } from "../contract/dataset-files.ts";
import { METADATA_SCHEMA } from "./metadata.ts";

/** What an editor needs to know about a dataset. */
export interface EditorDataset {
  /** Path of its folder from the root of the repository, with forward slashes. */
  path: string;
  tables: readonly string[];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Files for editors: a small schema for each table, which refers to the dataset's schema, and the list of schemas in the
 * settings of VS Code. Path from the root → text. `settings` is the current text of the settings.
 */
export function editorFiles(datasets: readonly EditorDataset[], settings = "{}\n"): Map<string, string> {
  const files = new Map<string, string>();
  const associations: { fileMatch: string[]; url: string }[] = [];
  for (const { path, tables } of datasets) {
    const schema = (name: string, matches: string[], content: object): void => {
      const file = `${path}/.schemas/${name}.json`;
      files.set(file, json(content));
      associations.push({ fileMatch: matches.map((match) => `/${path}/${match}`), url: `./${file}` });
    };
    schema("dataset", [DATASET_FILE], {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: DATASET_FILE,
      ...METADATA_SCHEMA,
    });
    for (const table of tables)
      schema(`table-${table}`, [`${table}.json`, `${table}/*.json`], {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $ref: `../schema.json#/properties/${table.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      });
  }
  const edits = modify(settings, ["json.schemas"], associations, { formattingOptions: { insertSpaces: true, tabSize: 2, eol: "\n" } });
  files.set(".vscode/settings.json", applyEdits(settings, edits));
  return files;
}
