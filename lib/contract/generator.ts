import manifest from "../../package.json" with { type: "json" };

/** Version of this Factpress. */
export const GENERATOR: string = manifest.version;
