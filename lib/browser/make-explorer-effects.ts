import type { ExplorerEffects } from "../site/explorer/explorer-effects.ts";
import type { ExplorerModel, Row } from "../site/explorer/explorer-model.ts";
import { findRowsInSteps } from "../site/explorer/find-rows.ts";
import { parseLaterRowsFile } from "../site/explorer/later-rows-file.ts";
import { parseQuery, queryText } from "../site/explorer/query.ts";
import { rowAnchor, rowHref } from "../site/explorer/row-anchor.ts";
import { rowCitation } from "../site/explorer/row-citation.ts";
import { announce } from "./announce.ts";
import type { copyText } from "./copy-text.ts";
import { csvRecords } from "./csv-records.ts";

const textOf = async (url: string, options?: RequestInit): Promise<string> => {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
};

/** Lets the browser paint and handle keys. */
const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
const SLICE_MS = 12;
const PORTION = 25;
/** Pause after which a reader counts as no longer typing. */
const TYPING_MS = 150;

function saved(text: string, name: string): void {
  const link = document.createElement("a");
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function makeExplorerEffects(
  model: ExplorerModel,
  copy: typeof copyText,
): ExplorerEffects & { allRows(): Promise<Row[]>; prefetch(): void } {
  let all: Promise<Row[]> | undefined;
  /** Row → its index in the files. */
  let indexes: Map<string, number> | undefined;
  let latest = 0;
  /** Row → its file and line in the repository. */
  let lines: Promise<Map<string, string>> | undefined;
  const rows = (): Promise<Row[]> => {
    const { rest } = model;
    if (model.rows.length === model.total || rest === undefined) return Promise.resolve(model.rows);
    const read = async (options?: RequestInit) => parseLaterRowsFile(await textOf(rest, options), rest, pause);
    all ??= read()
      // The browser's cache may hold a file that another version of the tool wrote, or a damaged one. A second failure is reported.
      .catch(() => read({ cache: "reload" }))
      .then(
        ({ sources, rows }) => {
          // The page includes the first sources; rows refer to them by index.
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
    indexes ??= new Map((await rows()).map((row, i) => [row.id, row.line ?? i]));
    return indexes.get(id) ?? -1;
  };
  /** The query of the address as it was last read or written. */
  let search: string | undefined;
  /** Writes a typed query into the address, unless that is done. */
  let typed: (() => void) | undefined;
  const writeTyped = (): void => {
    typed?.();
    typed = undefined;
  };
  const prefix = rowAnchor(model.table, "");
  /** The row that the address names. */
  const addressedRow = (): string | undefined => {
    try {
      const hash = decodeURIComponent(location.hash.slice(1));
      return hash.startsWith(prefix) ? hash.slice(prefix.length) : undefined;
    } catch (error) {
      // A malformed fragment names no row.
      if (!(error instanceof URIError)) throw error;
      return undefined;
    }
  };
  /** All rows, once fetched. */
  let held: readonly Row[] | undefined = model.rows.length === model.total ? model.rows : undefined;
  const fetchRows = async (): Promise<void> => {
    held = await rows();
  };
  return {
    allRows: rows,
    prefetch() {
      // Functions that need the rows retry and report the failure.
      if (!held) fetchRows().catch(() => undefined);
    },
    soon(run, isAfterTyping) {
      const timer = setTimeout(run, isAfterTyping ? TYPING_MS : 0);
      return () => clearTimeout(timer);
    },
    watchPrinting(onChange) {
      const begin = (): void => onChange(held);
      const end = (): void => onChange(undefined);
      // A print that starts with a key press can wait for the rows.
      const onKey = (event: KeyboardEvent): void => {
        if (held || model.rest === undefined || event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
          return;
        event.preventDefault();
        // Failed requests and damaged files: the print shows the rows of the page and says that it omits others.
        fetchRows().then(
          () => window.print(),
          () => window.print(),
        );
      };
      window.addEventListener("beforeprint", begin);
      window.addEventListener("afterprint", end);
      window.addEventListener("keydown", onKey);
      return () => {
        window.removeEventListener("beforeprint", begin);
        window.removeEventListener("afterprint", end);
        window.removeEventListener("keydown", onKey);
      };
    },
    watchAddress(onChange) {
      // A link within the page changes the address as well, but not the query.
      const readAddress = (): void => {
        // The typed query belongs to the history entry that the reader left.
        typed = undefined;
        const isNew = location.search !== search;
        search = location.search;
        onChange(isNew ? parseQuery(search, model) : undefined, addressedRow());
      };
      // A link within the page names a row or a section.
      const readHash = (): void => {
        const row = addressedRow();
        if (row !== undefined) onChange(undefined, row);
      };
      readAddress();
      // Scroll to the filtered rows of a shared link, unless the browser restored the scroll position.
      if (location.hash === "" && scrollY === 0 && queryText(parseQuery(location.search, model), model) !== "")
        document.getElementById("explorer")?.scrollIntoView();
      // A reader who follows a link no longer types, and the address of the link within the page contains the query.
      window.addEventListener("click", writeTyped, true);
      window.addEventListener("popstate", readAddress);
      window.addEventListener("hashchange", readHash);
      return () => {
        window.removeEventListener("click", writeTyped, true);
        window.removeEventListener("popstate", readAddress);
        window.removeEventListener("hashchange", readHash);
      };
    },
    writeAddress(query, replaces) {
      const text = queryText(query, model);
      const row = typeof replaces === "object" ? rowHref(model.table, replaces.row) : "";
      const address = `${text ? `?${text}` : location.pathname}${row}`;
      const write = (): void => {
        history[replaces ? "replaceState" : "pushState"](null, "", address);
        search = location.search;
      };
      if (replaces === "typed") {
        typed = write;
        // Writing the address on each key would delay the next one.
        setTimeout(() => typed === write && writeTyped(), TYPING_MS);
      } else {
        writeTyped();
        write();
      }
    },
    async findRows(query, texts) {
      latest += 1;
      const run = latest;
      const some = await rows();
      const all = { ...model, rows: some };
      /** Returns whether this is still the latest search. */
      const inSlices = async (take: (portion: readonly Row[]) => void): Promise<boolean> => {
        let since = performance.now();
        for (let i = 0; i < some.length && run === latest; i += PORTION) {
          take(some.slice(i, i + PORTION));
          if (performance.now() - since < SLICE_MS) continue;
          await pause();
          since = performance.now();
        }
        return run === latest;
      };
      const steps = findRowsInSteps(all, query, texts);
      let step = steps.next();
      while (!step.done) {
        if (!(await inSlices(step.value))) return undefined;
        step = steps.next();
      }
      return step.value;
    },
    focusRow(id) {
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          const row = document.getElementById(rowAnchor(model.table, id));
          row?.scrollIntoView({ block: "center" });
          row?.focus({ preventScroll: true });
        }),
      );
    },
    copyLink({ id, path = location.pathname }) {
      writeTyped();
      void copy(location.origin + path + (id === undefined ? location.search + location.hash : rowHref(model.table, id)), "Link");
    },
    copyJson(row) {
      const text = Promise.all([textOf(model.ndjson), indexOf(row.id)]).then(([lines, index]) => {
        const line = lines.split("\n")[index];
        if (line === undefined) throw new Error("no such line");
        return JSON.stringify(JSON.parse(line), null, 2);
      });
      void copy(text, "JSON");
    },
    copyCitation(row) {
      const text = rowCitation(model, row, location.origin);
      if (text !== undefined) void copy(text, "Citation");
    },
    async editUrl(id) {
      const { edit } = model;
      if (!edit) return undefined;
      // Failed requests and damaged files: rows have no link to their line.
      lines ??= textOf(edit.lines).then(
        (text) => new Map(Object.entries(JSON.parse(text) as Record<string, string>)),
        () => new Map<string, string>(),
      );
      const position = (await lines).get(id);
      return position === undefined
        ? undefined
        : `${edit.files}${position.split("/").map(encodeURIComponent).join("/").replace("%23L", "#L")}`;
    },
    download(some) {
      // Failed requests and damaged files: nothing is saved.
      Promise.all([textOf(model.csv), Promise.all(some.map(({ id }) => indexOf(id)))]).then(
        ([text, wanted]) => {
          const [head = "", ...records] = csvRecords(text);
          saved([head, ...wanted.map((index) => records[index] ?? "")].join(""), `${model.table}-filtered.csv`);
          announce(`${some.length} rows saved`);
        },
        () => announce("The rows could not be fetched. Try again."),
      );
    },
  };
}
