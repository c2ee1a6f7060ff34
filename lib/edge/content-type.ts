import type { Format } from "../formats/format.ts";
import { mediaTypeOfName } from "../formats/media-type.ts";

/** `Content-Type` of the object at a key of the store. */
export function contentType(key: string, formats?: readonly Format[]): string {
  const { mediaType } = mediaTypeOfName(key, formats);
  return mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : mediaType;
}
