import { describe, expect, it } from "vitest";
import { makeReport } from "../../../../lib/site/page/report.ts";

const page = {
  title: "D",
  version: "1.0.0",
  licenses: [{ name: "CC-BY-4.0" }],
  env: { site: "https://d.example" },
  tables: [],
} as never as Parameters<typeof makeReport>[0];
const repository = { url: "https://forge.example/us/data", folder: "data/d" } as never;
const statement = { name: "a", path: "/d/1.0.0/#facts-a", said: "Ann: Born: 1990" };
const ASKS =
  "\nWhat is right?\n\n\nWho says so? (an address that others can open)\n\n\nWhat I write here may be published under the dataset's licence (CC-BY-4.0).\n";

describe("a report", () => {
  it("names the statement and what it says, and asks for a source and for consent to the licence", () => {
    expect(makeReport(page, statement).text).toBe(`a: https://d.example/d/1.0.0/#facts-a\nIt says: Ann: Born: 1990\n${ASKS}`);
  });

  it("about a record asks which statement it is about, or in other tables which value", () => {
    const properties = { subject: { role: "subject" }, property: { role: "property" }, value: { role: "value" } };
    const asked = (record: object): string | undefined =>
      makeReport({ ...page, tables: [{ plan: { record } }] as never }, { name: "Ann", path: "/d/people/ann/" }).text.split("\n\n")[1];
    expect(asked({ properties })).toBe("Which statement? (its id or address)");
    expect(asked({ properties: {} })).toBe("Which value? (its row and column)");
  });

  it("fills in the form of the repository", () => {
    const { form = "", text } = makeReport({ ...page, repository }, statement);
    const address = new URL(form);
    expect(`${address.origin}${address.pathname}`).toBe("https://forge.example/us/data/issues/new");
    expect(Object.fromEntries(address.searchParams)).toEqual({ title: "D, version 1.0.0: a", body: text });
  });

  it("has no form without a repository, and names contributors and the homepage", () => {
    const report = makeReport({ ...page, contributors: [{ title: "Ann" }], homepage: "https://h.example/" }, statement);
    expect(report.form).toBeUndefined();
    expect(report.contacts).toEqual([{ title: "Ann" }, { title: "https://h.example/", href: "https://h.example/" }]);
  });

  it("about a long statement fits into an address", () => {
    const { form = "" } = makeReport({ ...page, repository }, { ...statement, said: "я".repeat(9_000) });
    expect(form.length).toBeLessThan(8_000);
  });
});
