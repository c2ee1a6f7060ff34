import { s3Reader } from "../lib/adapters/aws/s3-reader.ts";
import { setting } from "./setting.ts";

/** The store without its writing half, whose media types load every format. */
export const openBucketReader = (): ReturnType<typeof s3Reader> => s3Reader({ bucket: setting("BUCKET") });
