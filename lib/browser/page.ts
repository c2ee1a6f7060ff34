import { type ComponentChild, h, hydrate } from "preact";
import { Explorer } from "../site/explorer/explorer.tsx";
import type { ExplorerModel, Row } from "../site/explorer/explorer-model.ts";
import { rowAnchor } from "../site/explorer/row-anchor.ts";
import { rowsFrom } from "../site/explorer/row-data.ts";
import { Versions } from "../site/versions/versions.tsx";
import type { VersionsModel } from "../site/versions/versions-model.ts";
import { copyText, followCopyButtons } from "./copy-text.ts";
import { fetchRefusedStyle } from "./fetch-refused-style.ts";
import { fillInAddress } from "./fill-in-address.ts";
import { makeExplorerEffects } from "./make-explorer-effects.ts";
import { versionsEffects } from "./versions-effects.ts";

/** Prepares a part of the page, if the page has it, and hydrates it in the next task. */
function island<Model>(id: string, modelId: string, start: (model: Model, root: Element) => ComponentChild): void {
  const root = document.getElementById(id);
  const text = document.getElementById(modelId)?.textContent;
  if (!root || !text) return;
  const view = start(JSON.parse(text) as Model, root);
  STEPS.unshift(() => hydrate(view, root));
}

/** Rows are read from the table, so that the page contains them only once. */
function rowsOf({ table, columns }: ExplorerModel, root: Element): Row[] {
  const shown = [...root.querySelectorAll<HTMLTableRowElement>("[data-row]")].map((element) => {
    const cells = columns.map(({ kind }, i) => {
      const cell = element.cells[i];
      const text = (kind === "value" ? cell?.querySelector(".said")?.textContent : cell?.textContent) ?? "";
      return kind === "status" || kind === "certainty" ? text.trimStart() : text;
    });
    return { id: element.id.slice(rowAnchor(table, "").length), cells, data: element.dataset["row"] ?? "" };
  });
  return rowsFrom(columns, shown);
}

/** Labels and rows of the explorer, which the versions use as well. */
const known: { labels: VersionsModel["labels"]; rows(): Promise<Row[]> } = { labels: {}, rows: () => Promise.resolve([]) };

function startExplorer(model: ExplorerModel, root: Element): ComponentChild {
  model.rows = rowsOf(model, root);
  for (const item of model.sources.length === 0 && model.rest === undefined
    ? document.querySelectorAll<HTMLElement>("[data-source]")
    : []) {
    const [name, by] = [item.querySelector<HTMLAnchorElement>("a:not(.neq)"), item.querySelector(".muted")];
    const title = (name ?? item.querySelector("strong"))?.textContent ?? "";
    model.sources[Number(item.dataset["source"])] = {
      title,
      by: by?.textContent ?? "",
      ...(name ? { url: name.href } : {}),
      ...(item.dataset["inferred"] ? { isTitleInferred: true } : {}),
    };
  }
  for (const { references, values } of model.facets)
    if (references)
      known.labels[references] = { ...known.labels[references], ...Object.fromEntries(values.map(({ value, label }) => [value, label])) };
  const effects = makeExplorerEffects(model, copyText);
  known.rows = effects.allRows;
  // Fetch the rows when a reader approaches the explorer, so that the first key press does not wait.
  for (const sign of ["focusin", "pointerover"]) root.addEventListener(sign, () => effects.prefetch(), { once: true, passive: true });
  return h(Explorer, { model, effects });
}

function startVersions(model: VersionsModel): ComponentChild {
  // The model has labels for what the page shows; a later comparison may need any label.
  for (const [table, labels] of Object.entries(known.labels)) model.labels[table] = { ...labels, ...model.labels[table] };
  return h(Versions, { model, effects: versionsEffects(model, known.rows) });
}

/** Links to `#source-3` are older than the rule that the page's own ids begin with `_`, and than the page of all sources. */
function followOldSourceLink(): void {
  const [, id] = /^#_?(source-\d+)$/.exec(location.hash) ?? [];
  if (id === undefined || document.getElementById(location.hash.slice(1))) return;
  const item = document.getElementById(`_${id}`);
  const all = document.querySelector<HTMLAnchorElement>("a[data-all-sources]");
  if (item) item.scrollIntoView();
  else if (all) location.replace(`${all.href}#_${id}`);
}

/** Each in a task of its own, so that a starting page responds to keys in between. */
const STEPS: (() => void)[] = [
  fetchRefusedStyle,
  fillInAddress,
  followCopyButtons,
  () => island("explorer", "_explorer-model", startExplorer),
  () => island("_versions", "_versions-model", startVersions),
  () => {
    followOldSourceLink();
    window.addEventListener("hashchange", followOldSourceLink);
    document.documentElement.dataset["live"] = "";
  },
];

function takeStep(): void {
  STEPS.shift()?.();
  if (STEPS.length > 0) setTimeout(takeStep, 0);
}
takeStep();
