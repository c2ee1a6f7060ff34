import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { factpress, ROOT, scratch } from "./scratch.ts";

const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string; scripts: Record<string, string> };
const [firstScreen = ""] = readme.split("\n## ");

/** The lines of its `sh` blocks. */
const commands = [...readme.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, lines = ""]) => lines.trim().split("\n"));
const ofProgram = commands.flatMap((line) => /^(?:node bin\/factpress\.js|factpress) (\S+)(.*)$/.exec(line)?.slice(1) ?? []);

describe("the commands of the README", () => {
  it("are those that tests and CI run", () => {
    // CI runs the first two in a bare clone; package.test.ts packs and installs, and remote.test.ts pushes.
    expect(commands).toEqual([
      "npm ci",
      "npm start",
      "node bin/factpress.js check",
      "npm pack",
      `npm install --global ./factpress-${manifest.version}.tgz`,
      "factpress new bridges --from bridges.csv",
      "node bin/factpress.js remote ../hub.git --store ../store",
      "git remote add publish ../hub.git",
      "git push publish main",
      "node bin/factpress.js serve --store ../store",
      "npx cdk bootstrap aws://ACCOUNT/us-east-1 --context repository=OWNER/NAME",
      "npm run deploy -- --context repository=OWNER/NAME",
    ]);
    expect(["start", "test", "deploy"].filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
  });

  it("name options that the program has", async () => {
    const folder = await scratch();
    for (let i = 0; i < ofProgram.length; i += 2) {
      const help = await factpress(folder, ofProgram[i] as string, "--help");
      expect(help.code).toBe(0);
      for (const option of ofProgram[i + 1]?.match(/--[a-z-]+/g) ?? []) expect(help.out).toContain(option);
    }
    expect(ofProgram.length).toBe(8);
  });
});

describe("the first screen of the README", () => {
  const pictures = [...firstScreen.matchAll(/<img src="([^"]+)" width="\d+" alt="[^"]+">/g)].map(([, path = ""]) => path);

  // The suite `browser` draws them, and compares the text of the second to what the check says.
  it("shows a page and a check, in pictures below 100 kB", () => {
    expect(pictures).toEqual(["docs/pictures/page.png", "docs/pictures/check.png"]);
    for (const path of pictures) {
      const bytes = readFileSync(join(ROOT, path));
      expect([bytes.toString("latin1", 1, 4), bytes.readUInt32BE(16)], path).toEqual(["PNG", 1_000]);
      expect(bytes.length, path).toBeLessThan(100_000);
    }
  });

  it("has a row of the data", () => {
    const cells = (line = ""): string[] =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
    const [head, , row] = firstScreen.split("\n").filter((line) => line.startsWith("|"));
    const shown = Object.fromEntries(cells(head).map((name, i) => [name, cells(row)[i]]));
    const read = (path: string) => JSON.parse(readFileSync(join(ROOT, "data/abraham-accords", path), "utf8")) as Record<string, unknown>[];
    const labelOf = (path: string, key: unknown) => read(path).find(({ id }) => id === key)?.["label"];
    const fact = read("facts/kazakhstan.json").find(({ id }) => id === "kz-accords-announced-newsru") as Record<string, unknown>;
    expect(shown).toEqual({
      subject_label: labelOf("entities.json", fact["subject"]),
      property_label: labelOf("properties.json", fact["property"]),
      value: (fact["value"] as { code: string }).code,
      certainty: fact["certainty"],
      rank: fact["rank"],
      source_label: labelOf("sources.json", fact["source"]),
    });
  });
});
