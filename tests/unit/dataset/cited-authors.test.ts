import { describe, expect, it } from "vitest";
import { citedAuthors } from "../../../lib/dataset/cited-authors.ts";

describe("citedAuthors", () => {
  const titles = (contributors?: object[]) =>
    citedAuthors({ title: "T", ...(contributors ? { contributors: contributors as never } : {}) }).map(({ title }) => title);

  it("leaves out publishers if there are others", () => {
    const press = { title: "Press", roles: ["publisher"] };
    expect(titles([{ title: "Ann" }, press])).toEqual(["Ann"]);
    expect(titles([{ title: "Ann", roles: [] }, press])).toEqual(["Ann"]);
    expect(titles([{ title: "Both", roles: ["publisher", "author"] }, press])).toEqual(["Both"]);
    expect(titles([press])).toEqual(["Press"]);
    expect(titles([])).toEqual(["The contributors to T"]);
    expect(titles()).toEqual(["The contributors to T"]);
  });
});
