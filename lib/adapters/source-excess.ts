import { plural } from "../contract/plural.ts";
import type { FetchLimits } from "../ports/forge.ts";

/** Which limit the files of a source exceed; undefined if none. */
export function sourceExcess(files: readonly { path: string; bytes: number }[], limits: FetchLimits): string | undefined {
  if (files.length > limits.files) return `${plural(files.length, "file")} (maximum ${limits.files})`;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > limits.totalBytes) return `${total} bytes (maximum ${limits.totalBytes})`;
  const large = files.find(({ bytes }) => bytes > limits.fileBytes);
  if (large) return `${large.path} has ${large.bytes} bytes (maximum ${limits.fileBytes})`;
  const deep = files.find(({ path }) => path.split("/").length - 1 > limits.depth);
  return deep && `${deep.path} is nested deeper than ${plural(limits.depth, "folder")}`;
}
