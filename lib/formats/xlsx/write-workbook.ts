import type { Output } from "../format.ts";
import type { CompressedEntry } from "../zip/zip-entry-compressor.ts";
import { ZipWriter } from "../zip/zip-writer.ts";
import { xmlText } from "./sheet-xml.ts";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** ECMA-376 Part 1, 18.8. The order of `cellXfs` is that of `STYLES`. Format 49 is "@", which keeps input as text. */
const STYLE_SHEET = [
  `${XML}<styleSheet xmlns="${MAIN}">`,
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join("");

export interface NamedSheet {
  name: string;
  entry: CompressedEntry;
}

/** Writes a workbook (ECMA-376 Part 2, Open Packaging Conventions) from finished sheets. */
export async function writeWorkbook(output: Output, sheets: readonly NamedSheet[]): Promise<void> {
  const numbered = sheets.map((sheet, i) => ({ ...sheet, path: `worksheets/sheet${i + 1}.xml`, id: `rId${i + 1}` }));
  const styles = `rId${numbered.length + 1}`;
  const zip = new ZipWriter(output);
  const add = (name: string, text: string): Promise<void> => zip.add(name, [Buffer.from(text)]);
  await add(
    "[Content_Types].xml",
    [
      `${XML}<Types xmlns="${PACKAGE}/content-types">`,
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
      '<Default Extension="xml" ContentType="application/xml"/>',
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>`,
      ...numbered.map(({ path }) => `<Override PartName="/xl/${path}" ContentType="${TYPE}.worksheet+xml"/>`),
      `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    ].join(""),
  );
  await add(
    "_rels/.rels",
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  await add(
    "xl/workbook.xml",
    [
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><sheets>`,
      ...numbered.map(({ name, id }, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="${id}"/>`),
      "</sheets></workbook>",
    ].join(""),
  );
  await add(
    "xl/_rels/workbook.xml.rels",
    [
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">`,
      ...numbered.map(({ id, path }) => `<Relationship Id="${id}" Type="${RELATIONSHIPS}/worksheet" Target="${path}"/>`),
      `<Relationship Id="${styles}" Type="${RELATIONSHIPS}/styles" Target="styles.xml"/></Relationships>`,
    ].join(""),
  );
  await add("xl/styles.xml", STYLE_SHEET);
  for (const { path, entry } of numbered) await zip.addCompressed(`xl/${path}`, entry);
  await zip.close();
}
