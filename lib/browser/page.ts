import { h, hydrate } from "preact";
import { Explorer } from "../site/explorer/explorer.tsx";
import type { ExplorerModel } from "../site/explorer/model.ts";
import { Versions, type VersionsModel } from "../site/versions/versions.tsx";
import { copyText, followCopyButtons } from "./clipboard.ts";
import { explorerIn } from "./explorer.ts";
import { versionsIn } from "./versions.ts";

/** Makes live what the server wrote; a page without one of the parts has nothing to do for it. */
function island<Model>(id: string, modelId: string, start: (model: Model, root: Element) => void): void {
  const root = document.getElementById(id);
  const text = document.getElementById(modelId)?.textContent;
  if (root && text) start(JSON.parse(text) as Model, root);
}

followCopyButtons();
island<ExplorerModel>("explorer", "explorer-model", (model, root) =>
  hydrate(h(Explorer, { model, surroundings: explorerIn(model, copyText) }), root),
);
island<VersionsModel>("versions-island", "versions-model", (model, root) =>
  hydrate(h(Versions, { model, surroundings: versionsIn(model) }), root),
);
document.documentElement.dataset["live"] = "";
