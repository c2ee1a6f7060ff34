import { listFormatFiles } from "../../formats/list-format-files.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { ReleasePage } from "./release-page.ts";

/** The files offered first: of one table, and of all tables. */
export function featuredFiles(
  page: ReleasePage,
  plan: TablePlan | undefined,
): { name: string; label: string; mediaType: string; bytes: number; isOfTable: boolean }[] {
  return listFormatFiles({ metadata: page, plans: plan ? [plan] : [] }, page.formats).flatMap((each) => {
    const file = page.files.find(({ name }) => name === each.name);
    const { label, mediaType, isFeatured } = each.format;
    return file && isFeatured && !("link" in each)
      ? [{ name: file.name, label, mediaType, bytes: file.bytes, isOfTable: "plan" in each }]
      : [];
  });
}
