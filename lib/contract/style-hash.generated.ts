/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-vt2W4h5Dnjn1goYEWH2GcVrnE6OyM8ZuCfaPSvtbDos=";
