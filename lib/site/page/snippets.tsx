import { NO_ADDRESS } from "../address.ts";
import { type ReleasePage, versionOf } from "./release.ts";

interface Snippet {
  id: string;
  name: string;
  code(url: (file: string) => string): string;
}

/** How the main table is read: each is a whole program. */
const snippetsFor = (table: string): Snippet[] => [
  { id: "curl", name: "curl", code: (url) => `curl -fLO ${url(`${table}.csv`)}` },
  {
    id: "pandas",
    name: "pandas",
    code: (url) => `import pandas as pd\n\ndf = pd.read_csv("${url(`${table}.csv`)}")\nprint(df.head())`,
  },
  { id: "r", name: "R", code: (url) => `rows <- read.csv("${url(`${table}.csv`)}")\nhead(rows)` },
  { id: "duckdb", name: "DuckDB", code: (url) => `SELECT * FROM read_csv('${url(`${table}.csv`)}');` },
  {
    id: "javascript",
    name: "JavaScript",
    code: (url) =>
      `const response = await fetch("${url(`${table}.json`)}");\nif (!response.ok) throw new Error(response.statusText);\nconst rows = await response.json();\nconsole.log(rows.length);`,
  },
];

const Code = ({ text, kind }: { text: string; kind: string }) => (
  <div class={`code ${kind}`}>
    <pre>
      <code>{text}</code>
    </pre>
    <button type="button" class="plain live" data-copy="">
      Copy<span class="hidden"> the code for the {kind} version</span>
    </button>
  </div>
);

/** Two choices, made by the style sheet alone: which version the code reads, and which language it is in. */
export const Snippets = ({ page, table }: { page: ReleasePage; table: string }) => {
  const site = page.place.site ?? NO_ADDRESS;
  const pinned = (file: string): string => `${site}/${page.name}/${versionOf(page)}/${file}`;
  const latest = (file: string): string => `${site}/${page.name}/latest/${file}`;
  const snippets = snippetsFor(table);
  return (
    <div class="snippets">
      <fieldset class="which">
        <legend>Which version should the code read?</legend>
        <label>
          <input type="radio" name="which" id="_which-pinned" checked />
          <span>
            Version {versionOf(page)}
            <small>Never changes. Use it in papers and pipelines.</small>
          </span>
        </label>
        <label>
          <input type="radio" name="which" id="_which-latest" />
          <span>
            Latest
            <small>Moves with each release.</small>
          </span>
        </label>
      </fieldset>
      <div class="box">
        <fieldset class="tabs">
          <legend class="hidden">Language</legend>
          {snippets.map(({ id, name }, i) => (
            <label key={id}>
              <input type="radio" name="language" id={`_language-${id}`} checked={i === 0} />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
        {snippets.map(({ id, name, code }) => (
          <div key={id} class={`snippet ${id}`}>
            <p class="hidden">{name}</p>
            <Code text={code(pinned)} kind="pinned" />
            <Code text={code(latest)} kind="latest" />
          </div>
        ))}
      </div>
    </div>
  );
};
