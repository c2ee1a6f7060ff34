/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-bQqFAWdINeO8MMib0afzX3D0thmx1tqPpG7VRIU/2vc=";
