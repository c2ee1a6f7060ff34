import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { describingFiles } from "../../bin/commands/describing-files.ts";
import { tableFileText } from "../../bin/commands/table-file-text.ts";
import { csvFile } from "../../lib/adapters/folder/csv-file.ts";
import { checkDataset } from "../../lib/check/check-dataset.ts";
import { inferredRecords, inferredTableSchema, inferTable } from "../../lib/csv-import/infer-table.ts";
import { findDamage } from "../../lib/diagnostics/find-damage.ts";
import { findForbiddenCharacter } from "../../lib/diagnostics/find-forbidden-character.ts";
import type { JsonRecord } from "../../lib/formats/value.ts";
import type { Source } from "../../lib/ports/ports.ts";
import { RUNTIME } from "../runtime.ts";
import { scratch } from "../scratch.ts";

/** The suite "imports" makes more of them (vitest.config.ts). */
const RUNS = Number(process.env["FACTPRESS_ANY_TABLES"] ?? 40);

const anyCell = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", "")) },
  fc.constantFrom(
    "",
    "N/A",
    "-",
    "true",
    "FALSE",
    "2020",
    "2020-09",
    "2020-09-15",
    "15/09/2020",
    "3/4/2020",
    "1e5",
    "1,5",
    "1.234",
    "007",
    "-0",
  ),
  fc.integer().map(String),
  fc.double().map(String),
  fc.webUrl(),
);
/** A column is often of one kind. */
const anyColumn = (rows: number) =>
  fc.oneof(
    fc.array(anyCell, { minLength: rows, maxLength: rows }),
    ...[fc.integer().map(String), fc.double().map(String), fc.webUrl(), fc.constantFrom("2020", "2020-09-15", "N/A", "")].map((cell) =>
      fc.array(cell, { minLength: rows, maxLength: rows }),
    ),
  );
const anyHeader = fc.oneof(
  fc.constantFrom("id", "ID", "", "__proto__", "constructor", "toString", "a", "a_start", "a_end", "2020"),
  anyCell,
);
const anyTable = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 8 }))
  .chain(([columns, rows]) =>
    fc.tuple(
      fc.array(anyHeader, { minLength: columns, maxLength: columns }),
      fc.tuple(...Array.from({ length: columns }, () => anyColumn(rows))),
      fc.constantFrom(",", ";", "\t"),
    ),
  );

it("imports any table without problems: every cell is unchanged, or its change was reported", async () => {
  const path = join(await scratch(), "table.csv");
  await fc.assert(
    fc.asyncProperty(anyTable, async ([headers, columns, delimiter]) => {
      const cells = columns[0]?.map((_, i) => columns.map((column) => column[i] as string)) ?? [];
      // Rows without values are skipped, and a header cannot be one.
      fc.pre(headers.some((header) => header.trim() !== ""));
      fc.pre(
        [headers, ...cells].flat().every((cell) => findForbiddenCharacter(cell) === undefined && findDamage(cell)?.isCertain !== true),
      );
      await writeFile(path, stringify([headers, ...cells], { delimiter, quoted: true }));
      const table = await csvFile(path);
      const { inferred, problems } = await inferTable("table.csv", table);
      if (!inferred) throw new Error(JSON.stringify(problems));
      const files = new Map(Object.entries(describingFiles("any", "Any", "records", inferredTableSchema(inferred, "Any"))));
      let text = "";
      for await (const part of tableFileText(inferred)) text += part;
      files.set("records.json", text);
      const source: Source = {
        list: async () => [...files].map(([name, content]) => ({ path: name, bytes: Buffer.byteLength(content) })),
        async *read(name) {
          yield Buffer.from(files.get(name) as string);
        },
      };
      const checked = await checkDataset(source, RUNTIME, { folder: "any" });
      expect(checked.problems).toEqual([]);
      expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
      // Titles and notes around a table are named, and left out.
      fc.pre(!inferred.notes.some((note) => note.startsWith("Skipped ")));
      const records = [];
      for await (const record of inferredRecords(inferred)) records.push(record);
      const kept = cells.filter((row) => row.some((cell) => cell.trim() !== ""));
      expect(records.length).toBe(kept.length);
      for (const [i, row] of kept.entries())
        for (const { index, name, rewrites, notes } of inferred.columns) {
          if (index === undefined) continue;
          const record = records[i] as JsonRecord;
          const [value, cell] = [Object.hasOwn(record, name) ? record[name] : undefined, row[index] as string];
          if (value === undefined && cell !== "") expect(notes.join()).toContain("is read as no value");
          else if (value !== undefined && String(value) !== cell)
            expect([rewrites, notes.join()]).toEqual([true, expect.stringContaining("is read as")]);
        }
    }),
    { numRuns: RUNS },
  );
});
