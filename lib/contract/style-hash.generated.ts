/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-TCeHLN1DkS9LWWZJmOwz1G32W6ZI9UaJS3nx3n8i5Qg=";
