/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-BwSKfDd2GZSl0E2A+lCNQU5zLanYtEogxNNm1PL+9Gg=";
