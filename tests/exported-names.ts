import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sourceFiles } from "./catch-clauses.ts";

export interface ExportedName {
  file: string;
  name: string;
  /** A type, or a constant in capitals, need not be found by its name alone. */
  kind: "function" | "class" | "constant" | "type";
}

const DECLARATION = /^export (?:default )?(?:async )?(?:abstract )?(function\*?|class|const|interface|type) +(\w+)/gm;

function kindOf(keyword: string, name: string): ExportedName["kind"] {
  if (keyword === "interface" || keyword === "type") return "type";
  if (keyword === "class") return "class";
  return /^[A-Z][A-Z0-9_]*$/.test(name) ? "constant" : "function";
}

/** The exported names of the files in some folders, without generated files. */
export const exportedNames = (root: string, ...folders: string[]): ExportedName[] =>
  sourceFiles(root, ...folders)
    .filter((file) => /(?<!\.generated)\.tsx?$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(DECLARATION)].map(([, keyword = "", name = ""]) => ({
        file,
        name,
        kind: kindOf(keyword, name),
      })),
    );

/** `parseJson` → `parse-json`, `KMSKey` → `kms-key`. */
export const kebabCase = (name: string): string =>
  name
    .replace(/gitHub/gi, "Github")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replaceAll("_", "-")
    .replace(/^-/, "")
    .toLowerCase();
