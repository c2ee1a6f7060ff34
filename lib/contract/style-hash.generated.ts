/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-u00MqzjtCe7v7rzYCVE0pIMoqObo1Tyg2/+942ZIOsY=";
