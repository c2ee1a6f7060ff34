import { describe, expect, it } from "vitest";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { findRows } from "../../../../lib/site/explorer/find-rows.ts";
import { NearWords } from "../../../../lib/site/explorer/near-words.ts";
import { NOTHING, type Query } from "../../../../lib/site/explorer/query.ts";
import { contentWords, searchableText, searchWords } from "../../../../lib/site/explorer/search-words.ts";

const TEXTS = {
  day: "Joined on 15 Sep 2020",
  quoted: "It was signed on September 15, 2020.",
  month: "Sept. 2020",
  year: "2020",
  other: "15 Oct 2020",
  market: "Market of 2019",
  place: "Kazakhstan",
  accents: "Türkiye, São Tomé",
  number: "146,083 people",
};
const rows = Object.entries(TEXTS).map(([id, text]) => ({ id: `(${id})`, cells: [text], in: [] })) as Row[];
const find = (text: string, query: Partial<Query> = {}) => {
  const { rows: found, nearText } = findRows(
    { rows, columns: [], facets: [], sources: [] } as unknown as ExplorerModel,
    { ...NOTHING, ...query, text },
    new WeakMap(),
  );
  return [found.map(({ id }) => id.slice(1, -1)), nearText];
};

describe("a search", () => {
  it.each(["15 Sep 2020", "15 September 2020", "2020-09-15", "September 15, 2020", "sept 15 2020", "15th Sept. 2020"])(
    "finds a day in any notation: %s",
    (text) => {
      expect(find(text)).toEqual([["day", "quoted"], undefined]);
    },
  );

  it("finds dates in a month or a year", () => {
    for (const text of ["Sept 2020", "September 2020", "2020-09"])
      expect([text, find(text)]).toEqual([text, [["day", "quoted", "month"], undefined]]);
    expect(find("2020")[0]).toEqual(["year", "day", "quoted", "month", "other"]);
    expect(find("joined september")[0]).toEqual(["day"]);
    expect(find("march")[0]).toEqual([]);
  });

  it("finds words without their accents, and numbers without separators", () => {
    expect([find("turkiye"), find("Türkiye sao"), find("146083"), find("146,083")].map(([ids]) => ids)).toEqual([
      ["accents"],
      ["accents"],
      ["number"],
      ["number"],
    ]);
  });

  it("replaces a word without matches with the nearest one, and says so", () => {
    expect(find("Kazakstan")).toEqual([["place"], "kazakhstan"]);
    expect(find("joind 2020")).toEqual([["day"], "joined 2020"]);
    expect(find("zzzz")).toEqual([[], undefined]);
    expect(find("Kazakstan zzzz")).toEqual([[], undefined]);
  });

  it("searches for the content words of a question if no row has all words, and reports that", () => {
    expect(find("When was Kazakhstan joined?")).toEqual([[], undefined]);
    expect(find("what joined on 15 Sep 2020?")).toEqual([["day"], "joined 15 sep 2020"]);
    expect(find("Where is Kazakhstan?")).toEqual([["place"], "kazakhstan"]);
    expect(find("Where is Kazakstan?")).toEqual([["place"], "kazakhstan"]);
    expect(find("who is it")).toEqual([[], undefined]);
    // If all occur, they are what is searched.
    expect(find("it was signed")).toEqual([["quoted"], undefined]);
  });

  it("does not report similar words as shown if no row has them", () => {
    expect(find("Kazakstan sined")).toEqual([[], undefined]);
  });

  it("does not correct words that all occur, but in no row together", () => {
    expect(find("kazakhstan 2020")).toEqual([[], undefined]);
  });
});

describe("words near to another", () => {
  const nearest = (word: string, ...texts: string[]): string | undefined => {
    const near = new NearWords([word]);
    for (const text of texts) near.add(text);
    return near.nearest();
  };

  it("differ by one letter, or by two from eight letters on", () => {
    expect([nearest("sudn", "sudan"), nearest("sduan", "sudan"), nearest("sudann", "sudan"), nearest("sodan", "sudan")]).toEqual(
      Array(4).fill("sudan"),
    );
    expect([
      nearest("sdn", "sudan"),
      nearest("sodin", "sudan"),
      nearest("kazakstann", "kazakhstan"),
      nearest("kasakstann", "kazakhstan"),
    ]).toEqual([undefined, undefined, "kazakhstan", undefined]);
    expect([nearest("203", "2020"), nearest("a1b2", "a1b3")]).toEqual([undefined, undefined]);
  });

  it("are the nearest, and of equally near ones the first by its letters", () => {
    expect([nearest("moroco", "morocca", "morocco"), nearest("cast", "cost", "case"), nearest("cast", "cost", "x", "my cast")]).toEqual([
      "morocco",
      "case",
      "cast",
    ]);
  });
});

describe("the words of a search", () => {
  it("are its words, with a date as one of them", () => {
    expect(searchWords("  Joined  15 September 2020 ")).toEqual([["joined"], ["2020-09-15"]]);
    expect(searchWords("september")).toEqual([["september", " sep ", "\nsep "]]);
    expect(searchWords("may 7")).toEqual([["may"], ["7"]]);
    expect(searchableText("On 3rd May, 1999 and 1,234,567")).toBe("on 3rd may, 1999 and 1,234,567\n1999-05-03\n1234567");
  });
});

describe("words of a search", () => {
  it.each([
    ["a  b", [["a"], ["b"]]],
    ["", []],
    ["15 September 2020", [["2020-09-15"]]],
    ["September 15th, 2020", [["2020-09-15"]]],
    ["Sept. 2020", [["2020-09"]]],
    ["5 may 2020 treaty", [["2020-05-05"], ["treaty"]]],
    ["march", [["march", " mar ", "\nmar "]]],
    ["mar", [["mar"]]],
    ["market", [["market"]]],
    ["Türkiye", [["turkiye"]]],
  ])("of %j are %j", (search, words) => {
    expect(searchWords(search)).toEqual(words);
  });

  it("find dates in words, and numbers without separators", () => {
    expect(searchableText("On 15 Sep 2020")).toBe("on 15 sep 2020\n2020-09-15");
    expect(searchableText("December 1, 2020 and May 2021")).toBe("december 1, 2020 and may 2021\n2020-12-01\n2021-05");
    expect(searchableText("146,083 of 1,234,567")).toBe("146,083 of 1,234,567\n146083\n1234567");
    expect(searchableText("1,23 in 2020")).toBe("1,23 in 2020");
  });

  it("of a question are those that say something", () => {
    expect(contentWords("When did Kazakhstan join?")).toBe("kazakhstan join");
    expect(contentWords("who has the sea")).toBe("sea");
    expect(contentWords("had a river")).toBe("river");
    expect([contentWords("Kazakhstan"), contentWords("who is it?"), contentWords("")]).toEqual([undefined, undefined, undefined]);
    expect(contentWords("Kazakhstan!")).toBe("kazakhstan");
  });
});
