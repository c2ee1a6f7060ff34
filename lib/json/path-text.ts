import { truncate } from "../diagnostics/rules/truncate.ts";

export const pathText = (path: readonly (string | number)[]): string =>
  path.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? truncate(part) : `.${truncate(part)}`)).join("");
