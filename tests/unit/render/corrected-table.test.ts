import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../lib/dataset/dataset.ts";
import { correctedTable } from "../../../lib/render/corrected-table.ts";
import type { TablePlan } from "../../../lib/schema/table-plan.ts";
import { planOf, text } from "../../plan-of.ts";

describe("correctedTable", () => {
  const statements = (board?: object): TablePlan =>
    planOf(
      {
        s: { ...text, role: "subject", references: "parties" },
        p: { ...text, role: "property", references: "properties" },
        v: { ...text, role: "value" },
      },
      board ? { board } : {},
    );

  it("is the table with correction links, or else the first table", () => {
    const [plain, facts] = [planOf({}), { ...statements(), name: "facts" }];
    const dataset = (plans: TablePlan[], views: object[] = []) => ({ plans, files: new Map(), schema: {}, views }) as unknown as Dataset;
    expect(correctedTable(dataset([plain, facts]))).toBe(facts);
    expect(correctedTable(dataset([plain]))).toBe(plain);
    expect(correctedTable(dataset([]))).toBeUndefined();
  });
});
