import { listFormatFiles } from "../../formats/list-format-files.ts";
import { counted } from "../explorer/counted.ts";
import { UNFOLDED_FILES } from "../limits.ts";
import { fileSize } from "./file-size.ts";
import { OpeningHints } from "./opening-hints.tsx";
import type { PageFile, ReleasePage } from "./release-page.ts";

interface FileGroup {
  title: string;
  files: PageFile[];
}

/** The files of each table, then the other files with their descriptions. */
function fileGroups(page: ReleasePage): FileGroup[] {
  const groups = page.tables.map(({ plan }): FileGroup => {
    const names = new Set(
      listFormatFiles({ metadata: page, plans: [plan] }, page.formats).flatMap((each) => ("plan" in each ? [each.name] : [])),
    );
    return { title: plan.title, files: page.files.filter(({ name }) => names.has(name)) };
  });
  const grouped = new Set(groups.flatMap(({ files }) => files));
  const others = page.files.filter((file) => !grouped.has(file)).map((file): FileGroup => ({ title: file.title ?? "", files: [file] }));
  return [...groups, ...others].filter(({ files }) => files.length > 0);
}

const FileTable = ({ page }: { page: ReleasePage }) => (
  <section class="scroll" tabindex={0} aria-label="Files">
    <table class="files">
      <thead>
        <tr>
          <th scope="col">Contents</th>
          <th scope="col">Files</th>
        </tr>
      </thead>
      <tbody>
        {fileGroups(page).map(({ title, files }) => (
          <tr key={files[0]?.name}>
            <th scope="row">{title}</th>
            <td>
              {files.map(({ name, bytes, sha256, title }) => (
                <span key={name} class="file">
                  <a href={`${page.base}${name}`} title={title}>
                    {name}
                  </a>
                  {` ${fileSize(bytes)} `}
                  <button type="button" class="plain live" aria-label={`Checksum of ${name}`} data-copy={sha256}>
                    Checksum
                  </button>
                </span>
              ))}
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
    <>
      <FileTable page={page} />
      <OpeningHints page={page} />
    </>
  ) : (
    <details>
      <summary>{counted(page.files.length, ["file", "files"])}, with sizes and checksums</summary>
      <FileTable page={page} />
      <OpeningHints page={page} />
    </details>
  );
