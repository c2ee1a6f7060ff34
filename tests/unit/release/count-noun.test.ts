import { describe, expect, it } from "vitest";
import { countNoun, countPublished, countRecords } from "../../../lib/release/count-noun.ts";

describe("countNoun", () => {
  it.each([
    ["Facts", "fact", "facts"],
    ["Legal Entities", "legal entity", "legal entities"],
    ["legal_entities", "legal_entity", "legal_entities"],
    ["Bridges of the Valley", "bridge of the Valley", "bridges of the Valley"],
    ["Causes of death", "cause of death", "causes of death"],
    ["US states", "US state", "US states"],
    ["DVDs", "DVD", "DVDs"],
    ["World Bank projects", "World Bank project", "World Bank projects"],
    ["Houses", "house", "houses"],
    ["Courses", "course", "courses"],
    ["Databases", "database", "databases"],
    ["Buses", "bus", "buses"],
    ["Volcanoes", "volcano", "volcanoes"],
    ["Photos", "photo", "photos"],
    ["Analyses", "analysis", "analyses"],
    ["People", "person", "people"],
    ["Congressmen", "congressman", "congressmen"],
    ["Species", "species", "species"],
    ["Aircraft", "aircraft", "aircraft"],
  ])("of %s is %s, %s", (title, one, many) => {
    expect(countNoun(title)).toEqual([one, many]);
  });

  it.each([
    "History",
    "Country",
    "Status",
    "Gas",
    "News",
    "Economics",
    "Specimen",
    "Larvae",
    "Shelves",
    "Where each country stands",
    "Towns and villages",
    "Deaths by month",
    "Statistics of deaths",
    "Brücken",
    "facts_2020",
    "constructor",
    "",
  ])("of %j, not known to be a plural, is undefined", (title) => {
    expect(countNoun(title)).toBeUndefined();
  });
});

describe("countRecords", () => {
  it("counts records if the table's name is not a plural", () => {
    expect([countRecords(1, "volcanoes"), countRecords(2, "volcanoes")]).toEqual(["1 volcano", "2 volcanoes"]);
    expect([countRecords(1, "history"), countRecords(4, "history")]).toEqual(["1 record of history", "4 records of history"]);
  });

  it("keeps the wording of published releases", () => {
    expect([countPublished(1, "volcanoes"), countPublished(4, "history")]).toEqual(["1 volcanoe", "4 history"]);
  });
});
