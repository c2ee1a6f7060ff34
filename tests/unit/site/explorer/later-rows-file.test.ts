import { expect, it } from "vitest";
import type { Row, ShownSource } from "../../../../lib/site/explorer/explorer-model.ts";
import { laterRowsFile, parseLaterRowsFile } from "../../../../lib/site/explorer/later-rows-file.ts";

const rowsOf = (count: number): Row[] => Array.from({ length: count }, (_, i) => ({ id: `r${i}`, cells: [`line\n${i},`, ""], in: [-1] }));
const sources: ShownSource[] = [{ title: "A\nB", by: "" }];

it.each([0, 1, 999, 1_000, 1_001, 2_500])("rows are read as they were written, a thousand without a pause (%i)", async (count) => {
  const text = laterRowsFile("/d?1", sources, rowsOf(count));
  let pauses = 0;
  const pause = (): Promise<void> => {
    pauses += 1;
    return Promise.resolve();
  };
  expect(await parseLaterRowsFile(text, "/d?1", pause)).toEqual({ sources, rows: rowsOf(count) });
  expect(JSON.parse(text)).toEqual(["/d?1", sources, ...rowsOf(count)]);
  expect(pauses).toBe(Math.ceil(count / 1_000));
});

it("a page does not read the rows of one that replaced it", async () => {
  const text = laterRowsFile("/d?2", sources, rowsOf(1));
  await expect(parseLaterRowsFile(text, "/d?1", async () => {})).rejects.toThrow("The page was written again since.");
});
