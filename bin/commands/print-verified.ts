import { plural } from "../../lib/contract/plural.ts";
import type { Verified } from "../../lib/verify/nothing-verified.ts";
import { out } from "../out.ts";

function signatures({ keys, unsigned, releases }: Verified): string {
  if (keys.length === 0) return unsigned.length === 0 ? "signed" : "not signed";
  return unsigned.length === 0
    ? `all signed by ${keys.join(", ")}`
    : `${plural(releases - unsigned.length, "release")} signed by ${keys.join(", ")}; not signed: ${unsigned.slice(0, 20).join(", ")}`;
}

/** States the time as of which the newest release is known to be the newest. */
function newest({ head }: Verified, version: string | undefined, now: Date): string[] {
  if (!head || version === undefined) return [];
  const isLate = head.expires !== null && Date.parse(head.expires) < now.getTime();
  return [
    `${version} is the newest release as of ${head.issued}, when the publisher last signed${isLate ? `; it should have been renewed by ${head.expires}` : ""}.`,
  ];
}

/** Prints what was verified, and what could not be compared. */
export function printVerified(name: string, verified: Verified, version: string | undefined, now: Date): void {
  const { releases, files, bytes, removed, notes, uncompared } = verified;
  const size = `${(bytes / 1_000_000).toFixed(1)} MB`;
  out(`${name}  OK: ${plural(releases, "release")} verified (${plural(files, "file")}, ${size}); ${signatures(verified)}`);
  if (removed.length > 0) out(`  removed by the publisher: ${removed.join(", ")}`);
  for (const line of [...newest(verified, version, now), ...notes]) out(`  ${line}`);
  for (const line of uncompared) out(`  Not compared: ${line}`);
}
