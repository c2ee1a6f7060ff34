/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-dQyHdGVfm3mAmjm9+lfTJyxIaPPES6UY3oSkHEOeJdI=";
