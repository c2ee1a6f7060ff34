import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import { CHAPTERS } from "../lib/diagnostics/rules/chapters.ts";
import { ROOT } from "./scratch.ts";

export const MISTAKES = join(ROOT, "tests/mistakes");

const HEAD = `# Mistakes, and how to fix them

The messages of \`factpress check\`, each with an explanation and an example. A message starts with file, line and column; the
last line is the remedy. Most editors open \`file:line:column\` with a click.

<!-- Made from lib/diagnostics/rules and tests/mistakes: FACTPRESS_WRITE=1 npx vitest run tests/mistakes.test.ts -->
`;

/** The line that an expected output points at, if it is worth showing. */
function lineAt(folder: string, expected: string): string | undefined {
  const [, file = "", line = ""] = /^data\/accords\/([^:\n]+):(\d+):\d+/.exec(expected) ?? [];
  const path = join(MISTAKES, folder, file);
  if (file === "" || !existsSync(path)) return undefined;
  const text = escapeControlChars(readFileSync(path, "latin1").split("\n")[Number(line) - 1] ?? "", "\r").trim();
  const decoded = Buffer.from(text, "latin1").toString("utf8");
  return decoded.length > 2 && decoded.length < 120 && !decoded.includes("\ufffd") && !decoded.includes("\ufeff") ? decoded : undefined;
}

function example(folder: string): string {
  const expected = readFileSync(join(MISTAKES, folder, "expected.txt"), "utf8");
  const line = lineAt(folder, expected);
  const said = expected
    .split("\n\n")[0]
    ?.trimEnd()
    .replaceAll("data/accords/", "")
    .replace(/^data\/accords .*\n/, "");
  return `${line === undefined ? "" : `\`\`\`\n${line}\n\`\`\`\n\n`}\`\`\`\n${said}\n\`\`\`\n`;
}

/** The text of docs/mistakes.md. */
export const mistakesPage = (): string =>
  [
    HEAD,
    ...Object.entries(CHAPTERS).flatMap(([chapter, rules]) => [
      `## ${chapter}\n`,
      ...rules.map(({ title, explanation: means, examples: shown }) => `### ${title}\n\n${means}\n\n${example(shown[0])}`),
    ]),
  ].join("\n");
