/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-eoE55Yeez4u2zbvQENtA7lVrwD8BLlKKcfxj+nm2RGg=";
