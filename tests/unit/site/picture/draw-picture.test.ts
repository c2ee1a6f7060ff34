import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { drawPicture } from "../../../../lib/site/picture/draw-picture.ts";
import { encodePng } from "../../../../lib/site/picture/encode-png.ts";
import { glyphShape } from "../../../../lib/site/picture/glyph-shape.ts";
import { EM, WEIGHTS } from "../../../../lib/site/picture/glyphs.generated.ts";
import { letterPositions } from "../../../../lib/site/picture/letter-positions.ts";
import { type PictureText, pictureText } from "../../../../lib/site/picture/picture-text.ts";
import { textWidth } from "../../../../lib/site/picture/text-width.ts";
import { wrapText } from "../../../../lib/site/picture/wrap-text.ts";
import { writableText } from "../../../../lib/site/picture/writable-text.ts";
import { decodePng } from "./decode-png.ts";

const TEXT: PictureText = {
  dataset: "The pact",
  heading: "Åland",
  sentences: ["Status: Signed (15 Sep 2020), says The Times."],
  note: "15 Sep 2020 · 2 sources",
  tone: "done",
};

describe("a picture", () => {
  const picture = decodePng(drawPicture(TEXT));
  const colourAt = (x: number, y: number): string => picture.colours[picture.pixels[y * picture.width + x] as number] as string;
  /** The first and last row that has something beside the bar. */
  const inked = (from: number, to: number): boolean[] =>
    Array.from({ length: picture.height }, (_, y) => {
      for (let x = from; x < to; x += 1) if (colourAt(x, y) !== "#ffffff") return true;
      return false;
    });

  it("has the size that messengers show", () => expect([picture.width, picture.height]).toEqual([1_200, 630]));

  it("has a bar in the colour of the status, and margins without ink", () => {
    expect([colourAt(0, 0), colourAt(23, 629), colourAt(24, 0)]).toEqual(["#2b62ef", "#2b62ef", "#ffffff"]);
    expect(inked(24, 85)).not.toContain(true);
    expect(inked(1_130, 1_200)).not.toContain(true);
  });

  it("has its four texts one below the other", () => {
    const rows = inked(88, 1_130);
    const blocks = rows.flatMap((is, y) => (is && !rows[y - 1] ? [y] : []));
    // The ring above the letter is separate.
    expect(blocks).toEqual([80, 136, 155, 276, 542]);
  });

  it("cuts no sentence but one that is too long alone", () => {
    const drawn = (...sentences: string[]): string => Buffer.from(drawPicture({ ...TEXT, sentences })).toString("base64");
    const long = `${"Wrong: no state signed then ".repeat(9)}.`;
    expect(drawn("Signed.", "Refuted.", long)).toBe(drawn("Signed. Refuted. …"));
    expect(drawn("Signed.", "Refuted.")).toBe(drawn("Signed. Refuted."));
    expect(drawn(long, "Refuted.")).toBe(drawn(`${long} Refuted.`));
  });

  it("is the same on every machine", () => {
    const hash = (text: PictureText): string => createHash("sha256").update(drawPicture(text)).digest("hex");
    expect(hash(TEXT)).toBe("a843942196576a5db52a04d98430492a08f4c2aa3a8a41929e44a443b2e22a89");
    expect(
      hash({
        ...TEXT,
        heading: "A title of so many words that it takes two lines and is cut at the end of the second",
        tone: "deprecated",
      }),
    ).toBe("fc74835f78ee4e09b9bbe1a34131b5251a669c05556bc1d5bd8658c56df230ea");
  });
});

describe("encodePng", () => {
  it("writes what a reader of PNG reads", () => {
    const bytes = encodePng(4, 2, ["#000000", "#ff8000", "#ffffff"], Uint8Array.from([0, 1, 2, 0, 2, 2, 1, 0]));
    expect(decodePng(bytes)).toEqual({
      ...{ width: 4, height: 2, colours: ["#000000", "#ff8000", "#ffffff"] },
      pixels: Uint8Array.from([0, 1, 2, 0, 2, 2, 1, 0]),
    });
  });
});

describe("a letter", () => {
  const ink = (shades: Uint8Array): number => shades.reduce((sum, shade) => sum + shade, 0) / 7;

  /** The area of an outline without curves, in square pixels at a size. */
  function areaOf(letter: string, size: number): number {
    const path = WEIGHTS[400].glyphs[letter]?.[1] ?? "";
    expect(path).not.toContain("q");
    let [x, y, area] = [0, 0, 0];
    let start: [number, number] = [0, 0];
    const add = (toX: number, toY: number): void => {
      area += (x * toY - toX * y) / 2;
      [x, y] = [toX, toY];
    };
    for (const [, command, dx, dy] of path.matchAll(/([ml])(-?\d+) ?(-?\d+)/g)) {
      const to: [number, number] = [x + Number(dx), y + Number(dy)];
      if (command === "l") add(...to);
      else {
        const begun = to;
        add(...start);
        [[x, y], start] = [begun, begun];
      }
    }
    add(...start);
    return (Math.abs(area) * size * size) / (EM * EM);
  }

  it.each(["I", "E", "Z", "A", "4", "W"])("has as much ink as its outline has area: %s", (letter) => {
    const shape = glyphShape(letter, 100, 400);
    const area = areaOf(letter, 100);
    expect(area).toBeGreaterThan(500);
    expect(Math.abs(ink(shape?.shades ?? new Uint8Array()) / area - 1)).toBeLessThan(0.01);
  });

  it("has holes", () => {
    const shape = glyphShape("o", 100, 600);
    const { width = 0, height = 0, shades = new Uint8Array() } = shape ?? {};
    const row = [...shades.subarray(Math.floor(height / 2) * width, (Math.floor(height / 2) + 1) * width)];
    expect([row[Math.floor(width / 2)], Math.max(...row.slice(0, width / 2)), Math.max(...row.slice(width / 2))]).toEqual([0, 7, 7]);
  });

  it("is drawn of none that the font lacks, nor of the names of objects", () => {
    expect([glyphShape("語", 32, 400), glyphShape("constructor", 32, 400)]).toEqual([undefined, undefined]);
  });
});

describe("a text", () => {
  it("applies kerning", () => {
    const apart = textWidth("A", 100, 600) + textWidth("V", 100, 600);
    expect(letterPositions("AV", 100, 600)[1]).toBeCloseTo(textWidth("A", 100, 600) - 11.2, 6);
    expect(textWidth("AV", 100, 600)).toBeCloseTo(apart - 11.2, 6);
  });

  const box = { size: 32, weight: 400 as const, width: 300, lines: 2 };
  it.each([
    ["one line", ["one line"]],
    ["words that go on to a second", ["words that go on to", "a second"]],
    ["words that go on to a second line and would take a third", ["words that go on to", "a second line and…"]],
    ["words that go on to a second lined and would take a third", ["words that go on to", "a second lined…"]],
    ["Donaudampfschifffahrtsgesellschaft", ["Donaudampfschiff…"]],
    ["Donaudampfschifffahrtsgesellschaft is cut", ["Donaudampfschiff…", "is cut"]],
    ["", []],
  ])("is broken between words: %s", (text, lines) => expect(wrapText(text, box)).toEqual(lines));

  it("is written on one line, as one code point a letter, if the font has all letters", () => {
    expect(writableText(" A\u030aland\n\u00a0Việt ")).toBe("Åland Việt");
    expect([writableText("北京"), writableText("Москва"), writableText("a 😀")]).toEqual([undefined, undefined, undefined]);
  });
});

describe("the text of a picture", () => {
  const given = { dataset: "D", heading: "H", note: "n", sentences: ["One.", "Два.", "Three."] };

  it("leaves out sentences that the font cannot write", () =>
    expect(pictureText(given)).toEqual({ dataset: "D", heading: "H", sentences: ["One.", "Three."], note: "n" }));

  it("is omitted if the font lacks letters of a name, or no sentence is left", () => {
    expect(pictureText({ ...given, heading: "Казахстан" })).toBeUndefined();
    expect(pictureText({ ...given, dataset: "数据" })).toBeUndefined();
    expect(pictureText({ ...given, sentences: ["Два."] })).toBeUndefined();
    expect(pictureText({ ...given, note: "Два", tone: "done" })).toMatchObject({ note: "", tone: "done" });
  });
});
