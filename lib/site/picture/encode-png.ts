import { crc32 } from "node:zlib";
import { zlibSync } from "fflate";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** Packs two pixels per byte; each row starts with filter type 0 (none). */
function packRows(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const rowBytes = 1 + width / 2;
  const packed = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 2)
      packed[y * rowBytes + 1 + x / 2] = ((pixels[y * width + x] as number) << 4) | (pixels[y * width + x + 1] as number);
  return packed;
}

/**
 * Encodes a picture as PNG (W3C, third edition): 4 bits per pixel, each an index of up to 16 colours (`#rrggbb`); the width is even. It is
 * compressed by a package, because versions of Node differ in the bytes.
 */
export function encodePng(width: number, height: number, palette: readonly string[], pixels: Uint8Array): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([4, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(palette.map((colour) => colour.slice(1)).join(""), "hex")),
    chunk("IDAT", zlibSync(packRows(width, height, pixels), { level: 6 })),
    chunk("IEND", new Uint8Array()),
  ]);
}
