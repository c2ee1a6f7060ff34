import { counted } from "../explorer/counted.ts";
import { rowAddresses } from "../explorer/row-addresses.ts";
import { FIRST_LISTED_SOURCES } from "../limits.ts";
import { ListPage } from "./list-page.tsx";
import type { MainTable, ReleasePage } from "./release-page.ts";
import { rowsCiting } from "./rows-citing.ts";
import { Sources } from "./sources.tsx";

/** All sources that the main table cites. */
export const ListedSources = ({ page, main, path }: { page: ReleasePage; main: MainTable; path: string }) => {
  const only = rowsCiting(main);
  const count = counted(page.sources.length, ["source", "sources"]);
  return (
    <ListPage
      page={page}
      heading="Sources"
      description={`${count} of ${page.title}: what each says, and what others contradict.`}
      path={path}
    >
      <p class="muted">
        {count} that {main.model.noun[1]} cite, the most cited first.
      </p>
      <Sources
        sources={page.sources}
        first={FIRST_LISTED_SOURCES}
        noun={main.model.noun}
        only={only && ((key, isDisputed) => `/${page.name}/${only(key, isDisputed)}`)}
        addressOf={rowAddresses(main.whole)}
      />
    </ListPage>
  );
};
