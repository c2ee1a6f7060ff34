import { citations } from "./citations.ts";
import { CopiedText } from "./copied-text.tsx";
import type { ReleasePage } from "./release-page.ts";

export const Cite = ({ page }: { page: ReleasePage }) => (
  <div class="cite">
    {citations(page).map(({ name, text }, i) => (
      <details key={name} class="panel" open={i === 0}>
        <summary>{name}</summary>
        <CopiedText of={`as ${name}`} text={text} />
      </details>
    ))}
  </div>
);
