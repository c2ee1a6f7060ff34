import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { expect, it } from "vitest";
import { FORMATS } from "../../../../lib/formats/formats.ts";
import { listFormatFiles } from "../../../../lib/formats/list-format-files.ts";
import { Snippets } from "../../../../lib/site/page/snippets.tsx";
import { plan } from "./facts-plan.ts";

const FILES = listFormatFiles({ metadata: { name: "d" }, plans: [plan] });
/** The text of the code that a release page offers. */
function textOf({ version = "1.0.0" as string | null, site = "https://data.example.org" as string | null, without = "no" } = {}): string {
  const files = FILES.filter(({ name }) => !name.endsWith(without)).map(({ name }) => ({ name, bytes: 1, sha256: "" }));
  const table = { plan, count: 1, filled: new Map() };
  const page = {
    name: "d",
    version,
    env: site === null ? {} : { site },
    files,
    formats: FORMATS.map(({ name }) => name),
    tables: [table],
    layout: 2,
  };
  return renderToString(h(Snippets, { page: { ...page, formats: FORMATS } as never, plan }))
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ");
}

const ICEBERG = "All versions as an Apache Iceberg table, each a snapshot and a tag: https://data.example.org/d/iceberg/facts";

it("name the Iceberg table of a published site with an address, if it has Parquet files", () => {
  expect(textOf()).toContain(ICEBERG);
  for (const shown of [textOf({ version: null }), textOf({ without: "facts.parquet" }), textOf({ site: null })])
    expect(shown).not.toContain("Iceberg");
});

it("read a file of one version, or of the latest", () => {
  for (const version of ["1.0.0", "latest"]) expect(textOf()).toContain(`https://data.example.org/d/${version}/facts.csv`);
});
