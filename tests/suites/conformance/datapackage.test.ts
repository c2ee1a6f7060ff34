import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, it } from "vitest";
import { factpress, ROOT, scratch } from "../../scratch.ts";
import { CONFORMANCE } from "../optional.ts";

it("writes a datapackage.json that the profiles of Data Package v2 accept", async () => {
  const folder = await scratch();
  await factpress(ROOT, "build", "abraham-accords", "--out", join(folder, "out"));
  const found = JSON.parse(readFileSync(join(folder, "out/abraham-accords/datapackage.json"), "utf8")) as {
    resources: Record<string, unknown>[];
  };
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
  for (const name of ["dataresource", "tableschema", "tabledialect", "datapackage"]) {
    const profile = JSON.parse(readFileSync(join(CONFORMANCE, "datapackage-2.0", `${name}.json`), "utf8")) as object;
    ajv.addSchema({ ...profile, $id: `https://datapackage.org/profiles/2.0/${name}.json`, $schema: undefined }, name);
  }
  const errors = (name: string, value: unknown): unknown[] => (ajv.validate(name, value) ? [] : (ajv.errors ?? []));
  expect(errors("datapackage", found)).toEqual([]);
  for (const resource of found.resources) {
    expect(errors("dataresource", resource)).toEqual([]);
    if (resource["schema"]) expect(errors("tableschema", resource["schema"])).toEqual([]);
  }
});
