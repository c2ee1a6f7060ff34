import { PRIVATE_FOLDER } from "./private-folder.ts";
import type { SettingName } from "./setting-name.ts";

/** `publish` requests a build of large datasets at this key. Each write starts a build. */
export const BUILD_REQUEST_OBJECT_KEY = `${PRIVATE_FOLDER}/large-build.json`;

/** `validate` requests checks of large commits below this prefix, one object per commit. Each write starts a build. */
export const CHECK_REQUESTS = `${PRIVATE_FOLDER}/checks/`;

/** The environment variable with the key of the request that started a build. */
export const REQUEST_VARIABLE: SettingName = "CHECK_REQUEST";
