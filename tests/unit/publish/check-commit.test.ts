import { describe, expect, it } from "vitest";
import { Branch, type Made, publish, type World, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const A = { a: "1" };
const AB = { a: "1", b: "1" };
const withdrawn = [{ version: "1.1.0", reason: "wrong" }];

/** Publishes each list of commits in one run. Returns the log and the findings of the last run. */
async function runs(...pushes: Made[][]): Promise<{ w: World; said: string[]; remedies: string[]; messages: string[] }> {
  const w = world();
  const history = new Branch();
  const said: string[] = [];
  let problems: { message: string; remedy?: string }[] = [];
  for (const made of pushes) {
    said.length = 0;
    const runtime = { ...RUNTIME, log: (line: string) => void said.push(line) };
    const { unreleased } = await publish({ history: history.push(...made), ...w, runtime });
    problems = unreleased.flatMap((finding) => finding.problems);
  }
  return { w, said, remedies: problems.map(({ remedy }) => remedy ?? ""), messages: problems.map(({ message }) => message) };
}

describe("a commit that breaks readers", () => {
  it("can revert a release and withdraw it", async () => {
    const { messages, remedies } = await runs([{ records: A }], [{ records: AB }], [{ records: A }]);
    expect(messages).toEqual(["This breaks readers, and 2.0.0 is not announced: t: b is gone"]);
    expect(remedies[0]).toContain("or withdraw 1.1.0 in this commit");
  });

  it("is not advised to withdraw a release if that would not help, or if it is not published", async () => {
    const kept = await runs([{ records: AB }], [{ records: { ...AB, c: "1" } }], [{ records: A }]);
    expect(kept.messages[0]).toContain("t: 2 are gone: b, c");
    expect(kept.remedies[0]).not.toContain("withdraw ");
    const first = await runs([{ records: AB }], [{ records: A }]);
    expect(first.remedies[0]).not.toContain("withdraw ");
  });

  it("skips withdrawn releases when it looks for a release in force", async () => {
    const { remedies } = await runs(
      [{ records: A }],
      [{ records: AB }],
      [{ records: { a: "2" }, withdrawn }],
      [{ records: { a: "2", c: "1" }, withdrawn }],
      [{ records: { a: "2" }, withdrawn }],
    );
    expect(remedies[0]).toContain("or withdraw 1.2.0 in this commit");
  });
});

describe("the summary of a release", () => {
  it("is its level, its changes, and its base if that is not the previous release", async () => {
    expect((await runs([{ records: A }])).said).toEqual(["d 1.0.0  first release"]);
    const [, second] = (await runs([{ records: A }, { records: AB }])).said;
    expect(second).toBe("d 1.1.0  minor: 1 record of t added");
    const { said } = await runs([{ records: A }], [{ records: AB }], [{ records: { a: "2" }, withdrawn }]);
    expect(said.at(-1)).toBe("d 1.1.1  patch: 1 record of t corrected (compared with 1.0.0)");
  });
});
