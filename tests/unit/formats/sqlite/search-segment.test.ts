import { describe, expect, it } from "vitest";
import { SearchSegment } from "../../../../lib/formats/sqlite/search-segment.ts";

/** Leaves as hexadecimal and pages of a segment with these terms. */
function segmentOf(terms: readonly [term: string, list: readonly number[]][]) {
  const leaves: string[] = [];
  const pages: [string, number][] = [];
  const segment = new SearchSegment({
    leaf: (bytes) => leaves.push(Buffer.from(bytes).toString("hex")),
    page: (term, number) => pages.push([Buffer.from(term).toString(), number]),
  });
  for (const [term, list] of terms) segment.add(Buffer.from(term), Uint8Array.from(list));
  segment.end();
  return { leaves, pages };
}

// fts5_index.c, "Segment B-Tree" and "Doclist Format".
describe("a segment of the index for full-text search", () => {
  it("has the first term of a leaf whole, and of the others only what differs from the one before", () => {
    const header = "0000" + "0010";
    const first = "02" + "6162" + "05" + "02" + "02";
    const second = "01" + "01" + "63" + "07" + "02" + "03";
    const places = "04" + "06";
    expect(
      segmentOf([
        ["ab", [5, 1, 2]],
        ["ac", [7, 1, 3]],
      ]),
    ).toEqual({ leaves: [header + first + second + places], pages: [["", 1]] });
  });

  it("continues positions that do not fit into a leaf in the next ones", () => {
    const count = 10_000;
    const { leaves } = segmentOf([["a", [1, 0xce, 0x10, ...Array.from({ length: count }, () => 2)]]]);
    // Without the headers of three leaves, the term, its row, the size of its positions and its place.
    expect(leaves.map((leaf) => leaf.length / 2)).toEqual([4_050, 4_050, count + 3 * 4 + 2 + 1 + 3 + 1 - 2 * 4_050]);
  });
});
