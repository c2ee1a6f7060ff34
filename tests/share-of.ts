/**
 * The part of a list that FACTPRESS_PART asks for: `1/3` is every third item, from the second on. Default: all. A list with fewer items than
 * parts has one item in each part, since a suite without tests fails.
 */
export function shareOf<T>(list: readonly T[]): T[] {
  const [part = 0, parts = 1] = (process.env["FACTPRESS_PART"] ?? "0/1").split("/").map(Number);
  return list.filter((_, i) => i % parts === part % Math.min(parts, list.length));
}
