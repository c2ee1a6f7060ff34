/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-tQ9wasmgoV5lRx+YRtK9sy/PZmBthLeAM/upkAjG6Ws=";
