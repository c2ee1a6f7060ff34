import { describe, expect, it } from "vitest";
import { reportAddress } from "../../../../lib/site/page/report-address.ts";

const ann = { title: "Ann", email: "a+b@ann.example", path: "https://ann.example/" };
const press = { title: "Press", path: "https://press.example/" };
const repository = { url: "https://forge.example/us/data", folder: "data/d" } as never;

describe("reportAddress", () => {
  it("is that of a contact or the homepage without a repository", () => {
    expect(reportAddress({ homepage: "https://d.example/", contributors: [press], licenses: [] }, "s")).toBe("https://press.example/");
    expect(reportAddress({ homepage: "https://d.example/", licenses: [] }, "s")).toBe("https://d.example/");
    expect(reportAddress({ licenses: [] }, "s")).toBeUndefined();
  });

  it("is that of the repository, with a text that asks for a source and for consent to the licence", () => {
    const address = new URL(reportAddress({ repository, contributors: [ann], licenses: [{ name: "CC-BY-4.0" }] }, "s") ?? "");
    expect(`${address.origin}${address.pathname}`).toBe("https://forge.example/us/data/issues/new");
    expect(Object.fromEntries(address.searchParams)).toEqual({
      title: "s",
      body: "What is right?\n\n\nWho says so? (an address that others can open)\n\n\nWhat I write here may be published under the dataset's licence (CC-BY-4.0).\n",
    });
  });
});
