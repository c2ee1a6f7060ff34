import { out } from "../out.ts";
import type { CheckReport } from "./check-report.ts";
import type { CheckReporter } from "./check-reporter.ts";

/** Prints a list of reports for programs, after all datasets were checked. */
export function jsonCheckReporter(): CheckReporter {
  const reports: CheckReport[] = [];
  return {
    fixed() {},
    checked({ shown: dataset }, { checked, problems, problemCount, warnings, summary, notCompared }, unusual) {
      reports.push({
        dataset,
        problemCount,
        problems,
        records: Object.fromEntries(checked.records),
        ...(summary ? { change: summary } : {}),
        ...(warnings.length > 0 ? { warnings } : {}),
        ...(notCompared === undefined ? {} : { notCompared }),
        ...(unusual.length > 0 ? { shape: unusual } : {}),
      });
    },
    missing({ shown: dataset, against, end, isLeftOut }, isAccepted) {
      if (isLeftOut) return;
      const { isDraft: _, ...why } = end;
      reports.push({ dataset, gone: `${against} contains it`, ...why, problemCount: isAccepted ? 0 : 1 });
    },
    end() {
      out(JSON.stringify(reports, null, 2));
    },
  };
}
