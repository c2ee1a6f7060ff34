import { endSentence } from "../../lib/check/end-sentence.ts";
import { isEndAnnounced } from "../../lib/check/is-end-announced.ts";
import { unannouncedEnd } from "../../lib/check/unannounced-end.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { fileRules } from "../../lib/diagnostics/rules/file-rules.ts";
import { colors } from "../colors.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { NO_DATASET_LEFT } from "../find-present-datasets.ts";
import { out } from "../out.ts";
import { printProblems } from "../print-problems.ts";
import { printWarnings } from "../print-warnings.ts";
import type { CheckResult } from "./check-folder.ts";
import type { CheckReporter } from "./check-reporter.ts";
import { checkedCounts } from "./checked-counts.ts";
import { missingCardsNote } from "./missing-cards-note.ts";

function printValid({ shown }: DatasetFolder, { checked, summary }: CheckResult): void {
  const isDraft = checked.dataset?.metadata.release?.version === undefined;
  out(`${colors.bold(shown)}  no problems: ${checkedCounts(checked)}`);
  // A draft has no readers yet, so nothing had to be compared.
  if (summary && !(isDraft && checked.notCompared !== undefined)) out(`  ${summary}`);
  const note = missingCardsNote(checked);
  if (note !== undefined) out(`  ${note}`);
  if (isDraft) out("  a draft: dataset.json names no release.version");
}

function printInvalid(dataset: DatasetFolder, { summary, ...found }: CheckResult): void {
  if (summary) out(`${colors.bold(dataset.shown)}  ${summary}\n`);
  printProblems(dataset, found);
}

/** Prints each dataset as soon as it is checked. */
export const textCheckReporter = (): CheckReporter => ({
  fixed: out,
  checked(dataset, result, unusual) {
    if (result.problemCount > 0) printInvalid(dataset, result);
    else printValid(dataset, result);
    printWarnings(dataset, result.warnings);
    if (unusual.length > 0) out(`  ${fileRules.shape([...unusual]).message}`);
  },
  missing({ name, shown, against, end, isLeftOut }, isAccepted) {
    if (isLeftOut) return out(`${colors.bold(shown)}  not checked: this sparse checkout leaves it out`);
    const { message, remedy } = unannouncedEnd(name, against);
    out(`${colors.bold(shown)}  ${escapeControlChars(isEndAnnounced(end) ? endSentence(end) : message)}`);
    if (!isAccepted) out(`  ${escapeControlChars(remedy)} Or confirm it for this check: --ended ${name}`);
  },
  end(count) {
    if (count === 0) out(NO_DATASET_LEFT);
  },
});
