/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "041777b22691b633c78e4dc6f7799ec2672626a339b65cd0b67144999ee8768c";
