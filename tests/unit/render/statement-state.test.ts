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
  ["less precise than a preferred statement", { morePrecise: [claim(true)], claims: [claim(true)] }, undefined, "superseded"],
  ["alone", {}, undefined, "uncontradicted"],
  ["more precise than a preferred statement", { lessPrecise: [claim(true)], claims: [claim(true)] }, undefined, "uncontradicted"],
  ["in conflict with statements of which none is preferred", { claims: [claim(false)], standingClaims: 1 }, undefined, "undecided"],
  ["in conflict only with deprecated, refuted or replaced statements", { claims: [claim(false)] }, undefined, "uncontradicted"],
  ["in conflict with a preferred statement", { claims: [claim(true)] }, undefined, "contradicted"],
  ["in conflict with a preferred statement, of low certainty", { claims: [claim(true)] }, 2, "contradicted"],
  ["in conflict with a preferred statement, and certain", { claims: [claim(true)] }, 3, "superseded"],
])("a statement that is %s", (_what, of, level, expected) => {
  expect(statementState(row(of), level)).toBe(expected);
});
