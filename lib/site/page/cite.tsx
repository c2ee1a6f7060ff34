import { Icon } from "../explorer/icon.tsx";
import { citations } from "./citations.ts";
import type { ReleasePage } from "./release-page.ts";

export const Cite = ({ page }: { page: ReleasePage }) => (
  <div class="cite">
    {citations(page).map(({ name, text }) => (
      <div key={name} class="panel">
        <h3>{name}</h3>
        <pre>{text}</pre>
        <button type="button" class="plain live" data-copy="">
          <Icon name="copy" /> Copy<span class="hidden"> as {name}</span>
        </button>
      </div>
    ))}
  </div>
);
