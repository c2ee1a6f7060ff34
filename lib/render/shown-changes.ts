import { recordKey } from "../contract/record-key.ts";
import { CHANGES_FILE } from "../contract/release-files.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { readStoredChanges } from "../ports/read-stored.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { comparedEntry } from "../release/compared-entry.ts";
import { type Changes, composeChanges } from "../release/compose-changes.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import type { PageFile } from "../site/page/release-page.ts";

const MAX_SHOWN_BYTES = 2_000_000;

interface ReleaseToCompare {
  folder: ReleaseFolder;
  version: string | null;
  catalogue: Catalogue;
  files: readonly PageFile[];
  plans: readonly TablePlan[];
}

/** The changes since the base; undefined if there are too many for a page, or if they would quote a removed release. */
export async function shownChanges({ folder, version, catalogue, files, plans }: ReleaseToCompare): Promise<Changes | undefined> {
  const compared = version === null ? undefined : comparedEntry(catalogue, version)?.version;
  if (catalogue.removed.some((event) => event.version === compared)) return undefined;
  const listed = files.find(({ name }) => name === CHANGES_FILE);
  if (!listed || listed.bytes > MAX_SHOWN_BYTES) return undefined;
  const bytes = await folder.bytes(CHANGES_FILE);
  if (!bytes) return undefined;
  const file = readStoredChanges("changes.json of a release", bytes);
  if (file.removed || !file.tables) return undefined;
  return composeChanges([file], (table, record) => {
    const plan = plans.find(({ name }) => name === table);
    return plan ? recordKey(plan, record) : "";
  });
}
