import { expect, it } from "vitest";
import { type StatementState, statementState } from "../../../lib/render/statement-state.ts";
import type { Claim, Row } from "../../../lib/site/explorer/explorer-model.ts";

const claim = (preferred: boolean): Claim => ({ preferred }) as Claim;
const row = (of: Partial<Row>): Row => of as Row;

it.each<[string, Partial<Row>, number | undefined, StatementState]>([
  ["marked as deprecated", { isDeprecated: true }, 3, "contradicted"],
  ["refuted", { isRefuted: true }, undefined, "contradicted"],
  ["replaced", { isReplaced: true, claims: [claim(true)] }, undefined, "superseded"],
  ["preferred itself", { isPreferred: true, claims: [claim(true)] }, undefined, "uncontradicted"],
  ["less precise than a preferred one", { morePrecise: [claim(true)], claims: [claim(true)] }, undefined, "superseded"],
  ["alone", {}, undefined, "uncontradicted"],
  ["more precise than a preferred one", { lessPrecise: [claim(true)], claims: [claim(true)] }, undefined, "uncontradicted"],
  ["beside others of which none is preferred", { claims: [claim(false)], standingClaims: 1 }, undefined, "undecided"],
  ["beside others that are deprecated, refuted or replaced", { claims: [claim(false)] }, undefined, "uncontradicted"],
  ["beside a preferred one", { claims: [claim(true)] }, undefined, "contradicted"],
  ["beside a preferred one, of low certainty", { claims: [claim(true)] }, 2, "contradicted"],
  ["beside a preferred one, and certain", { claims: [claim(true)] }, 3, "superseded"],
])("a statement that is %s", (_what, of, level, expected) => {
  expect(statementState(row(of), level)).toBe(expected);
});
