import { GlyphSprite } from "../explorer/tone-glyph.tsx";
import { Columns } from "./columns.tsx";
import { ListPage } from "./list-page.tsx";
import type { ReleasePage } from "./release-page.ts";

/** The data dictionary. */
export const ListedColumns = ({ page, path }: { page: ReleasePage; path: string }) => (
  <ListPage
    page={page}
    heading="Columns"
    description={`What each column of ${page.title} means, its type, and how often it has a value.`}
    path={path}
  >
    <GlyphSprite />
    <Columns tables={page.tables} />
  </ListPage>
);
