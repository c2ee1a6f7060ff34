import manifest from "../../package.json" with { type: "json" };

/** Version of this Factpress. */
export const GENERATOR: string = manifest.version;

/** Earlier versions, newest first. The files of a release name the version that built it, and `restore` may have only their hashes. */
export const EARLIER_GENERATORS: readonly string[] = ["0.2.0", "0.1.0"];
