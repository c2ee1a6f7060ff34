import manifest from "../../package.json" with { type: "json" };

/** Version of this Factpress. */
export const GENERATOR: string = manifest.version;

/** Earlier versions, newest first. Release files name the version that built them, so `restore` tries each to match the hashes. */
export const EARLIER_GENERATORS: readonly string[] = ["0.2.0", "0.1.0"];
