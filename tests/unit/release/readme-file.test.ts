import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../lib/dataset/dataset.ts";
import { citationFile } from "../../../lib/release/citation-file.ts";
import type { ReleaseFacts } from "../../../lib/release/datapackage.ts";
import { licenseFile } from "../../../lib/release/license-file.ts";
import { readmeFile } from "../../../lib/release/readme-file.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const schema: Schema = {
  type: "object",
  properties: {
    towns: {
      type: "array",
      title: "Towns",
      description: "All of them.",
      primaryKey: ["id"],
      items: {
        type: "object",
        properties: {
          id: { ...text, title: "Id", description: "A | b\nc" },
          day: { ...text, format: "edtf", title: "Day" },
          kind: { enum: ["big", "a\\|b"], title: "Kind" },
          names: { type: "array", items: text, title: "Names" },
          parts: { type: "array", title: "Parts", items: { type: "object", properties: { of: text } } },
        },
      },
    },
  },
};
const metadata = { name: "towns", title: "Towns", description: "Where people live.", licenses: [{ name: "CC0-1.0" }] };
const dataset = (more: object = {}, layout = 2, license?: string): Dataset =>
  ({ metadata: { ...metadata, ...more }, plans: [planTable("towns", schema, layout)], license }) as unknown as Dataset;
const release: ReleaseFacts = { version: "1.0.0", commit: "c".repeat(40), date: "2026-02-03T04:05:06Z", previous: null, generator: "1" };
const preview: ReleaseFacts = { ...release, version: undefined, commit: null, date: null };

describe("readmeFile", () => {
  it("describes tables, columns and their allowed values", () => {
    expect(readmeFile(dataset(), release).split("\n")).toEqual(
      expect.arrayContaining([
        "# Towns",
        "Where people live.",
        "Version 1.0.0, 2026-02-03. Licence: CC0-1.0.",
        "## Towns (`towns.csv`, `towns.json`, `towns.ndjson`, `towns.parquet`)",
        "All of them.",
        "`towns_parts.csv` has one row for each item of `parts`, to be joined by `towns_…`.",
        "| column | type | meaning |",
        "| `id` | string | Id. A \\| b c |",
        "| `day` | string | Day |",
        "| `kind` | string | Kind One of: big, a\\\\\\|b. |",
        "| `names` | list | Names |",
      ]),
    );
    expect(readmeFile(dataset(), release)).toMatch(/^\| `day_start` \| date \|.*\n\| `day_end` \| date \|/m);
  });

  it("begins with the title and the description", () => {
    const text = readmeFile(dataset({ researchedUntil: "2026-02-19" }), release);
    expect(text).toMatch(
      /^# Towns\n\nWhere people live\.\n\nVersion 1\.0\.0, 2026-02-03\. Licence: CC0-1\.0\.\n\nNewest source: 2026-02-19\.\n\n\S/,
    );
    expect(readmeFile(dataset(), preview)).toMatch(/^# Towns\n\nWhere people live\.\n\nVersion preview\. Licence: CC0-1\.0\.\n\n\S/);
  });

  it("has an empty line around the heading, description and table of columns", () => {
    expect(readmeFile(dataset(), release)).toMatch(
      /\n\n## Towns \(.*\)\n\nAll of them\.\n\n`towns_parts\.csv` .*\n\n\| column \|[^#]*\|\n$/,
    );
    expect(readmeFile(dataset(), release)).not.toContain("A view");
  });

  it("lists the files of each table under its own heading", () => {
    const second = { ...schema.properties?.["towns"], title: "Rivers" } as Schema;
    const both = { ...schema, properties: { ...schema.properties, rivers: second } };
    const plans = ["towns", "rivers"].map((name) => planTable(name, both));
    const text = readmeFile({ ...dataset(), plans } as unknown as Dataset, release);
    expect(text.match(/^## .*$/gm)).toEqual([
      "## Towns (`towns.csv`, `towns.json`, `towns.ndjson`, `towns.parquet`)",
      "## Rivers (`rivers.csv`, `rivers.json`, `rivers.ndjson`, `rivers.parquet`)",
    ]);
  });

  it("states that a table is a view", () => {
    const [plan] = dataset().plans;
    const view = { ...dataset(), plans: [{ ...plan, sql: "SELECT 1" }] } as unknown as Dataset;
    expect(readmeFile(view, release)).toContain("\n\nA view: its rows are made of other tables by the SQL in `datapackage.json`.\n\n");
  });

  it("explains how to check the files, in layout 1 together with the CSV files", () => {
    const note = "\n\n`SHA256SUMS` holds the hash of every file: `sha256sum -c SHA256SUMS`.\n\n## Towns";
    expect(readmeFile(dataset(), release)).toContain(note);
    expect(readmeFile(dataset({}, 1), release)).not.toContain(note);
  });

  it("names several licences by their titles, and a preview as such", () => {
    const licenses = [{ name: "CC0-1.0" }, { name: "MIT", title: "MIT License" }];
    expect(readmeFile(dataset({ licenses }), preview)).toContain("\nVersion preview. Licence: CC0-1.0, MIT License.\n");
  });

  it("states the date of the newest source, the places covered and the contacts", () => {
    const contributors = [{ title: "Bo" }, { title: "Ann", email: "ann@example.org" }, { title: "Eve", email: "eve@example.org" }];
    const text = readmeFile(
      dataset({ contributors, spatial: ["Bavaria", "Hesse"], researchedUntil: "2026-02-19", notCovered: "Saxony." }),
      preview,
    );
    expect(text).toContain(
      "\n\nNewest source: 2026-02-19. Not covered: Saxony. Places: Bavaria, Hesse. Contact: Ann <ann@example.org>, Eve <eve@example.org>.\n\n",
    );
    expect(readmeFile(dataset({ contributors: [{ title: "Bo" }] }), preview)).toBe(readmeFile(dataset(), preview));
  });

  it("explains how to read its own layout", () => {
    expect(readmeFile(dataset(), release)).toContain("a tab or a line break");
    expect(readmeFile(dataset({}, 1), release)).toContain("a tab or a carriage return");
  });
});

describe("citationFile", () => {
  it("has the fields that citation managers need", () => {
    const more = { homepage: "https://example.org", keywords: ["a", 'b"'], contributors: [{ title: "Ann", email: "ann@example.org" }] };
    expect(citationFile(dataset(more), release)).toBe(
      [
        "cff-version: 1.2.0",
        'message: "If you use this dataset, please cite the version that you used."',
        "type: dataset",
        'title: "Towns"',
        'abstract: "Where people live."',
        "authors:",
        '  - name: "Ann"',
        '    email: "ann@example.org"',
        'version: "1.0.0"',
        "date-released: 2026-02-03",
        `commit: ${"c".repeat(40)}`,
        'license: "CC0-1.0"',
        'url: "https://example.org"',
        "keywords:",
        '  - "a"',
        '  - "b\\""',
        "",
      ].join("\n"),
    );
    expect(citationFile(dataset({ keywords: [], contributors: [{ title: "Ann" }] }), preview)).toBe(
      [
        "cff-version: 1.2.0",
        'message: "If you use this dataset, please cite the version that you used."',
        "type: dataset",
        'title: "Towns"',
        'abstract: "Where people live."',
        "authors:",
        '  - name: "Ann"',
        'version: "preview"',
        'license: "CC0-1.0"',
        "",
      ].join("\n"),
    );
  });
});

describe("licenseFile", () => {
  it("is the text in the folder, or else the names and addresses of the licences", () => {
    expect(licenseFile(dataset({}, 2, "Mine.\n"))).toBe("Mine.\n");
    const licenses = [{ name: "CC0-1.0" }, { name: "MIT", title: "MIT License", path: "https://example.org/mit" }];
    expect(licenseFile(dataset({ licenses }))).toBe("CC0-1.0\n\nMIT License\nhttps://example.org/mit\n");
  });
});
