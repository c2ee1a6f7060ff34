import { expect, it } from "vitest";
import { compareEngines } from "../../engines/differences.ts";

const RECORDS = Number(process.env["FACTPRESS_ENGINE_RECORDS"] ?? 100_000);
const SEED = Number(process.env["FACTPRESS_ENGINE_SEED"] ?? 7);

it(`engines agree on ${RECORDS} mutated records of generated schemas`, async () => {
  const { differences, ...counts } = await compareEngines(RECORDS, SEED);
  console.log(JSON.stringify(counts));
  expect(differences).toEqual([]);
}, 36_000_000);
