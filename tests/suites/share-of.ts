/** The part of the planted bugs that FACTPRESS_PLANTED asks for: `1/3` is every third, from the second on. Default: all. */
export function shareOf<T>(planted: readonly T[]): T[] {
  const [part = 0, parts = 1] = (process.env["FACTPRESS_PLANTED"] ?? "0/1").split("/").map(Number);
  return planted.filter((_, i) => i % parts === part);
}
