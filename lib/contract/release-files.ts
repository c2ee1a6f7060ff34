/** The files of every release besides those of its formats. */

/** The hashes of all other files. */
export const MANIFEST_FILE = "SHA256SUMS";

/** The signature of the manifest, where releases are signed. */
export const SIGNATURE_FILE = "SHA256SUMS.jws";

/** The Data Package that describes a release. */
export const PACKAGE_FILE = "datapackage.json";

/** The difference from the previous release, for programs. */
export const CHANGES_FILE = "changes.json";

/** The difference from the previous release, for people. */
export const CHANGES_TEXT_FILE = "CHANGES.md";

export const README_FILE = "README.md";
export const LICENSE_FILE = "LICENSE";
export const CITATION_FILE = "CITATION.cff";
