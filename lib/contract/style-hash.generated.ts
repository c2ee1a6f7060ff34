/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-10iP6lEduJ3LrtZWwQI2Cg6inWYH3P1/xM2xX3Pu/XA=";
