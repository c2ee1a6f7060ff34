import { Icon } from "../explorer/icon.tsx";
import { citations } from "./citations.ts";
import type { ReleasePage } from "./release-page.ts";

export const Cite = ({ page }: { page: ReleasePage }) => (
  <div class="cite">
    {citations(page).map(({ name, text }, i) => (
      <details key={name} class="panel" open={i === 0}>
        <summary>{name}</summary>
        <pre>{text}</pre>
        <button type="button" class="plain live" data-copy="">
          <Icon name="copy" /> Copy<span class="hidden"> as {name}</span>
        </button>
      </details>
    ))}
  </div>
);
