import type { Format } from "../formats/format.ts";
import { mediaTypeOfName } from "../formats/media-type.ts";

/** CloudFront compresses files of these sizes. */
const COMPRESSED_BYTES = { min: 1_000, max: 10_000_000 };

/** Whether the CDN compresses the object at a key. */
export const isCompressed = (key: string, bytes: number, formats?: readonly Format[]): boolean =>
  mediaTypeOfName(key, formats).isCompressedByCdn && bytes >= COMPRESSED_BYTES.min && bytes <= COMPRESSED_BYTES.max;
