import { CHECKSUM_COMMANDS } from "../../contract/checksum-commands.ts";
import { Icon } from "../explorer/icon.tsx";
import type { ReleasePage } from "./release-page.ts";

/** How to check downloaded files: in the browser, or with a command of each system. */
export const CheckDownload = ({ page: { name, version, base } }: { page: ReleasePage }) => (
  <details>
    <summary>Check a download: on Linux, macOS or Windows{version === null ? "" : ", or in your browser"}</summary>
    {version === null ? null : (
      <p>
        <a href={`/verify/?dataset=${name}&version=${version}`}>Let your browser verify this release</a>, or run a command in the folder of
        your files, with <a href={`${base}SHA256SUMS`}>SHA256SUMS</a> beside them:
      </p>
    )}
    <dl class="commands">
      {CHECKSUM_COMMANDS.map(({ system, command }) => (
        <div key={system}>
          <dt>{system}</dt>
          <dd>
            <code>{command}</code>
            <button type="button" class="plain live" data-copy="">
              <Icon name="copy" /> Copy<span class="hidden"> the command for {system}</span>
            </button>
          </dd>
        </div>
      ))}
    </dl>
  </details>
);
