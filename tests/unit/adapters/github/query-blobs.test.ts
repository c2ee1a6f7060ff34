import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fittingBlobQuery, queryBlobs } from "../../../../lib/adapters/github/query-blobs.ts";
import { gitHubOf, REPOSITORY } from "./fake-github.ts";

describe("queryBlobs", () => {
  const shaOf = (text: string): string =>
    createHash("sha1")
      .update(`blob ${Buffer.byteLength(text)}\0`)
      .update(text)
      .digest("hex");

  it("holds a hundred files, or a mebibyte", () => {
    const small = (count: number) => Array.from({ length: count }, (_, i) => ({ sha: `${i}`, size: 1 }));
    expect(fittingBlobQuery(small(100))).toHaveLength(100);
    expect(fittingBlobQuery(small(101))).toHaveLength(100);
    const large = 500_000;
    expect(
      fittingBlobQuery([
        { sha: "a", size: large },
        { sha: "b", size: large },
        { sha: "c", size: 1024 * 1024 - 2 * large },
        { sha: "d", size: 1 },
      ]).map(({ sha }) => sha),
    ).toEqual(["a", "b", "c"]);
    // GitHub may truncate large files.
    expect(fittingBlobQuery([{ sha: "a" }, { sha: "b", size: large + 1 }, { sha: "c", size: 1 }]).map(({ sha }) => sha)).toEqual(["c"]);
    expect(fittingBlobQuery([])).toEqual([]);
  });

  it("leaves out what does not match its id", async () => {
    const [a, b, c, d] = ["a", "bé", "c", "d"].map((text) => ({ sha: shaOf(text) })) as [
      { sha: string },
      { sha: string },
      { sha: string },
      { sha: string },
    ];
    const { github, asked } = gitHubOf({ b0: { text: "a" }, b1: { text: "bé" }, b2: { text: "truncated" }, b3: { text: null } });
    const found = await queryBlobs(github, REPOSITORY, [a, b, c, d, { sha: shaOf("e") }]);
    expect([...found].map(([sha, bytes]) => [sha, Buffer.from(bytes).toString()])).toEqual([
      [a.sha, "a"],
      [b.sha, "bé"],
    ]);
    expect(asked[0]?.query).toContain(`b1: object(oid: "${b.sha}") { ... on Blob { text } }`);
  });
});
