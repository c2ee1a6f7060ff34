/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */
export const STYLE_HASH = "sha256-4YVdD2ZyyJDB2LiD0+MqfhtR0w4PFvmw8muIjGwbNKg=";
