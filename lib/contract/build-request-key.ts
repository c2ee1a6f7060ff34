import { PRIVATE_FOLDER } from "./private-folder.ts";
import type { SettingName } from "./setting-name.ts";

/** Where `publish` asks for a build of large datasets. Each time it is written, a build starts. */
export const BUILD_REQUEST_KEY = `${PRIVATE_FOLDER}/large-build.json`;

/** Where `validate` asks for builds that check commits, one object a commit. Each time one is written, a build starts. */
export const CHECK_REQUESTS = `${PRIVATE_FOLDER}/checks/`;

/** The environment variable that tells the build of a check the key of its request. */
export const REQUEST_VARIABLE: SettingName = "CHECK_REQUEST";
