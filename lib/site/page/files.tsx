import { NO_ADDRESS } from "../../contract/no-address.ts";
import { counted } from "../explorer/counted.ts";
import { UNFOLDED_FILES } from "../limits.ts";
import { fileSize } from "./file-size.ts";
import type { ReleasePage } from "./release-page.ts";

const FileTable = ({ page }: { page: ReleasePage }) => (
  <section class="scroll" tabindex={0} aria-label="Files">
    <table>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">What it holds</th>
          <th scope="col" class="number">
            Size
          </th>
          <th scope="col">SHA-256</th>
          <th scope="col" class="live">
            Copy
          </th>
        </tr>
      </thead>
      <tbody>
        {page.files.map(({ name, bytes, sha256, title }) => (
          <tr key={name}>
            <th scope="row">
              <a href={`${page.base}${name}`}>{name}</a>
            </th>
            <td>{title}</td>
            <td class="number">{fileSize(bytes)}</td>
            <td>
              <code class="hash" title={sha256}>
                {sha256}
              </code>
            </td>
            <td class="live tools">
              <button
                type="button"
                class="plain"
                aria-label={`URL of ${name}`}
                data-copy={page.version === null ? name : `${page.env.site ?? NO_ADDRESS}/${page.name}/${page.version}/${name}`}
              >
                URL
              </button>
              <button type="button" class="plain" aria-label={`Checksum of ${name}`} data-copy={sha256}>
                Checksum
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** The files of a release; a long list is folded. */
export const Files = ({ page }: { page: ReleasePage }) =>
  page.files.length <= UNFOLDED_FILES ? (
    <FileTable page={page} />
  ) : (
    <details>
      <summary>{counted(page.files.length, ["file", "files"])}, with sizes and checksums</summary>
      <FileTable page={page} />
    </details>
  );
