/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-cKK2JT5UfiM8cSpLvff6w9MV4aC834LBE0XaQlMizyg=";
