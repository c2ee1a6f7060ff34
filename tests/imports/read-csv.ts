/** Rows of a CSV by RFC 4180. Written for tests, independent of the product's reader. */
export function readCsv(text: string, delimiter = ","): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let [line, start, cell, quoted] = [1, 1, "", false];
  let cells: string[] = [];
  const body = text.replace(/^\ufeff/, "");
  for (let i = 0; i <= body.length; i += 1) {
    const c = body[i];
    if (quoted) {
      if (c === '"' && body[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else if (c === '"') quoted = false;
      else {
        if (c === "\n") line += 1;
        cell += c ?? "";
      }
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === delimiter) {
      cells.push(cell);
      cell = "";
    } else if (c === "\n" || c === undefined) {
      if (c === undefined && cell === "" && cells.length === 0) break;
      rows.push({ line: start, cells: [...cells, cell.replace(/\r$/, "")] });
      line += 1;
      [cells, cell, start] = [[], "", line];
    } else cell += c;
  }
  return rows;
}
