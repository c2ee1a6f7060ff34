/** An environment variable that the stack sets, and that a function or a build reads. */
export type SettingName =
  | "APP_SECRET_ARN"
  | "BRANCH"
  | "BUCKET"
  | "CATALOGUE_COPY_BUCKET"
  | "CHECK_LOG_GROUP"
  | "CHECK_REQUEST"
  | "CHECK_RULE"
  | "DATA_FOLDER"
  | "FACTPRESS_DEADLINE"
  | "FACTPRESS_MEMORY"
  | "FORGE"
  | "FORGE_API_URL"
  | "KEY_VALUE_STORE_ARN"
  | "LARGE_BUILDS"
  | "PUBLISH_QUEUE_URL"
  | "REPOSITORY"
  | "SIGNING_KEY_ARN"
  | "SITE_URL"
  | "VALIDATE_QUEUE_URL"
  | "WEBHOOK_SECRET_ARN";

/** The environment of a function or a build. */
export type Settings = { readonly [Name in SettingName]?: string };
