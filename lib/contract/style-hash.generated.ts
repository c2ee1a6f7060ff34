/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-9k13iPAmTRYT6tX77jHG8m8gG8fjhj27NJJ4Fw9sOWk=";
