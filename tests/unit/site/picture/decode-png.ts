import { crc32, inflateSync } from "node:zlib";

export interface DecodedPng {
  width: number;
  height: number;
  /** `#rrggbb`. */
  colours: string[];
  /** Indexes of colours, row by row. */
  pixels: Uint8Array;
}

/** Reads a PNG of 4 bits a pixel without filters, as in the standard: independent of the code that writes it. Throws if a sum is wrong. */
export function decodePng(bytes: Uint8Array): DecodedPng {
  const file = Buffer.from(bytes);
  if (file.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") throw new Error("no signature");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    if (crc32(body) !== file.readUInt32BE(at + 8 + length)) throw new Error(`wrong sum at ${at}`);
    chunks.set(body.toString("latin1", 0, 4), body.subarray(4));
    at += 12 + length;
  }
  if ([...chunks.keys()].join() !== "IHDR,PLTE,IDAT,IEND") throw new Error([...chunks.keys()].join());
  const head = chunks.get("IHDR") as Buffer;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  if (head.subarray(8).join() !== "4,3,0,0,0") throw new Error("another kind of PNG");
  const rows = inflateSync(chunks.get("IDAT") as Buffer);
  const rowBytes = 1 + width / 2;
  if (rows.length !== rowBytes * height) throw new Error(`${rows.length} bytes`);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    if (rows[y * rowBytes] !== 0) throw new Error("a filter");
    for (let x = 0; x < width; x += 1) {
      const pair = rows[y * rowBytes + 1 + (x >> 1)] as number;
      pixels[y * width + x] = x % 2 === 0 ? pair >> 4 : pair & 15;
    }
  }
  const palette = chunks.get("PLTE") as Buffer;
  const colours = Array.from({ length: palette.length / 3 }, (_, i) => `#${palette.toString("hex", i * 3, i * 3 + 3)}`);
  return { width, height, colours, pixels };
}
