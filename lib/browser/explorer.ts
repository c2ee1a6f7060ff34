import type { ExplorerEffects } from "../site/explorer/explorer-effects.ts";
import { anchorOf, type ExplorerModel, hrefOf, type Row } from "../site/explorer/model.ts";
import { finder, parseQuery, queryText } from "../site/explorer/query.ts";
import { announce, type copyText } from "./clipboard.ts";
import { csvRecords } from "./csv.ts";

const textOf = async (url: string): Promise<string> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
};

/** Lets the browser paint and take keys before more is done. */
const breathe = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
const SLICE_MS = 12;
const PORTION = 500;

function saved(text: string, name: string): void {
  const link = document.createElement("a");
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function explorerEffects(model: ExplorerModel, copy: typeof copyText): ExplorerEffects {
  let all: Promise<Row[]> | undefined;
  /** Row → its place in the files. */
  let places: Map<string, number> | undefined;
  let asked = 0;
  /** Row → its file and line in the repository. */
  let files: Promise<Map<string, string>> | undefined;
  const rows = (): Promise<Row[]> => {
    if (model.rows.length === model.total || model.rest === undefined) return Promise.resolve(model.rows);
    all ??= textOf(model.rest).then(
      (text) => {
        const { sources, rows } = JSON.parse(text) as Pick<ExplorerModel, "sources" | "rows">;
        // The page holds the first sources already; rows name them by their place.
        model.sources.push(...sources);
        return rows;
      },
      (error: Error) => {
        all = undefined;
        throw error;
      },
    );
    return all;
  };
  const indexOf = async (id: string): Promise<number> => {
    places ??= new Map((await rows()).map((row, i) => [row.id, i]));
    return places.get(id) ?? -1;
  };
  /** The query of the address as it was last read or written. */
  let search: string | undefined;
  const prefix = anchorOf(model.table, "");
  /** The row that the address names. */
  const rowOf = (): string | undefined => {
    try {
      const hash = decodeURIComponent(location.hash.slice(1));
      return hash.startsWith(prefix) ? hash.slice(prefix.length) : undefined;
    } catch (error) {
      // A fragment that is no encoded text leads nowhere.
      if (!(error instanceof URIError)) throw error;
      return undefined;
    }
  };
  return {
    watchAddress(onChange) {
      // Following a link within the page is a change of address too, and asks for no other rows.
      const look = (): void => {
        const isNew = location.search !== search;
        search = location.search;
        onChange(isNew ? parseQuery(search, model) : undefined, rowOf());
      };
      // A link within the page names a row, or a section, and asks for nothing else.
      const jump = (): void => {
        const row = rowOf();
        if (row !== undefined) onChange(undefined, row);
      };
      look();
      window.addEventListener("popstate", look);
      window.addEventListener("hashchange", jump);
      return () => {
        window.removeEventListener("popstate", look);
        window.removeEventListener("hashchange", jump);
      };
    },
    writeAddress(query, replaces) {
      const text = queryText(query, model);
      const row = typeof replaces === "object" ? hrefOf(model.table, replaces.row) : "";
      const address = `${text ? `?${text}` : location.pathname}${row}`;
      if (replaces) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
      search = location.search;
    },
    async findRows(query, texts) {
      asked += 1;
      const mine = asked;
      const some = await rows();
      const { take, found } = finder({ ...model, rows: some }, query, texts);
      let since = performance.now();
      for (let i = 0; i < some.length; i += PORTION) {
        take(some.slice(i, i + PORTION));
        if (performance.now() - since < SLICE_MS) continue;
        await breathe();
        if (mine !== asked) return undefined;
        since = performance.now();
      }
      return mine === asked ? found() : undefined;
    },
    focusRow(id) {
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          const row = document.getElementById(anchorOf(model.table, id));
          row?.scrollIntoView({ block: "center" });
          row?.focus({ preventScroll: true });
        }),
      );
    },
    copyLink(id) {
      const address =
        id === undefined ? location.href : `${location.origin}${location.pathname}#${encodeURIComponent(anchorOf(model.table, id))}`;
      void copy(address, "Link");
    },
    copyJson(row) {
      const text = Promise.all([textOf(model.ndjson), indexOf(row.id)]).then(([lines, place]) => {
        const line = lines.split("\n")[place];
        if (line === undefined) throw new Error("no such line");
        return JSON.stringify(JSON.parse(line), null, 2);
      });
      void copy(text, "JSON");
    },
    async editUrl(id) {
      const { edit } = model;
      if (!edit) return undefined;
      files ??= textOf(edit.lines).then(
        (text) => new Map(Object.entries(JSON.parse(text) as Record<string, string>)),
        () => new Map<string, string>(),
      );
      const place = (await files).get(id);
      return place === undefined ? undefined : `${edit.files}${place.split("/").map(encodeURIComponent).join("/").replace("%23L", "#L")}`;
    },
    download(some) {
      Promise.all([textOf(model.csv), Promise.all(some.map(({ id }) => indexOf(id)))]).then(
        ([text, wanted]) => {
          const [head = "", ...records] = csvRecords(text);
          saved([head, ...wanted.map((place) => records[place] ?? "")].join(""), `${model.table}-filtered.csv`);
          announce(`${some.length} rows saved`);
        },
        () => announce("The rows could not be fetched. Try again."),
      );
    },
  };
}
