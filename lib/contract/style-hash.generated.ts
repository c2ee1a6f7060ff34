/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-JqMLQP9x4icD1jd7FaNCkv1zA2B3JdbnpPKnRk/rX8M=";
