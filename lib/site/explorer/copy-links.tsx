import type { ComponentChildren } from "preact";
import type { ExplorerEffects } from "./explorer-effects.ts";
import type { ExplorerModel } from "./explorer-model.ts";
import { Icon } from "./icon.tsx";

interface CopyLinksProps {
  model: ExplorerModel;
  /** The row that is linked to; without it, the current view. */
  id?: string;
  /** Completes the labels of the buttons for screen readers. */
  forRow?: ComponentChildren;
  copy: ExplorerEffects["copyLink"];
}

/** Buttons that copy a link to the latest version and one to this version. */
export const CopyLinks = ({ model: { cite }, id, forRow, copy }: CopyLinksProps) => {
  const links: { path?: string; of: string }[] = cite
    ? [
        ...(cite.latest === undefined ? [] : [{ path: cite.latest, of: " (latest)" }]),
        { path: cite.path, of: ` (${cite.path.split("/").at(-2)}, never changes)` },
      ]
    : [{ of: "" }];
  return (
    <>
      {links.map(({ path, of }) => (
        <button key={of} type="button" class="plain" onClick={() => copy({ id, path })}>
          <Icon name="link" /> Copy link{id === undefined ? " to this view" : ""}
          {of}
          {forRow}
        </button>
      ))}
    </>
  );
};
