import { expect, it } from "vitest";
import { checkSince } from "../../../lib/publish/check-since.ts";
import { Branch, type Made } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const one: Made = { records: { a: "1" } };
const two: Made = { records: { a: "2" } };

/** Checks the commits after the first, which is assumed to be the newest release. */
const checked = async (...made: Made[]) => {
  const history = new Branch().push(one);
  const commit = history.tip as string;
  return {
    verdict: await checkSince({ dataset: "d", history: history.push(...made), runtime: RUNTIME }, { commit, name: "main" }),
    history,
  };
};

it("finds what publishing would refuse, and what the tip reverts", async () => {
  expect((await checked(two)).verdict).toMatchObject({ unreleased: [], pending: { commits: 1, since: "main" } });
  const { verdict, history } = await checked({ records: {} });
  expect(verdict).toMatchObject({ refused: { commit: history.tip }, unreleased: [{ kind: "refused" }] });
  expect((await checked(two, one)).verdict).toMatchObject({
    blocked: {
      planned: [{ version: "1.0.1" }, { version: "1.0.2" }],
      reverted: [{ version: "1.0.1", changes: ["t: a, value"] }],
    },
  });
});

it("cannot check a branch that lacks the commit", async () => {
  const history = new Branch().push(one);
  const assumed = { commit: "f".repeat(40), name: "origin/main" };
  expect(await checkSince({ dataset: "d", history, runtime: RUNTIME }, assumed)).toBe(
    "origin/main is not on the first-parent history of the branch",
  );
});
