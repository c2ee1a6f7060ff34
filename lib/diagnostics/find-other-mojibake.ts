import { WINDOWS_1251 } from "./decode-windows1251.ts";
import type { Damage } from "./find-damage.ts";

/** An encoding as which UTF-8 is often decoded by mistake. */
interface WrongEncoding {
  /** The characters of bytes 0x80 to 0xFF. */
  characters: string;
  /** Sequences that are rarely intended. */
  telling: RegExp;
  /** What the original consists of, so that texts that are spelt like this by chance are ignored. */
  original: RegExp;
}

/** Of Cyrillic alphabets in use: СІРІ would be one of the past. */
const CYRILLIC = /^[\u0401-\u045fҐґ]+$/u;

const LATIN_1 = /^[\u00c0-\u00ff]+$/u;
/** Next to a letter. The second lookbehind keeps the time linear: without it, a long run is tried from each of its pairs. */
const CONSOLE = /(?<=\p{L})(?:├[^\s─├└│])+|(?<!├[^\s─├└│])(?:├[^\s─├└│])+(?=\p{L})/gu;

const WRONG_ENCODINGS: readonly WrongEncoding[] = [
  {
    // Windows-1251: `РњРѕСЃРєРІР°` for `Москва`.
    characters: WINDOWS_1251,
    telling: /(?:[РС][Ђ-Џђ-џЁёҐґ\u0080-\u00bf‘’“”‚„†‡•–—…‰‹›€№™]){2,}/gu,
    original: CYRILLIC,
  },
  {
    // The same of quotes and dashes.
    characters: WINDOWS_1251,
    telling: /вЂ[љњќћ“”•–—¦™]/gu,
    original: /./u,
  },
  {
    // Windows-1250: `Ăł` for `ó`, `Ĺ‚` for `ł`.
    characters:
      "€\u0081‚\u0083„…†‡\u0088‰Š‹ŚŤŽŹ\u0090‘’“”•–—\u0098™š›śťžź\u00a0ˇ˘Ł¤Ą¦§¨©Ş«¬\u00ad®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
    // A mark after a word in capitals is not telling: BUNĂ….
    telling: /(?:[ĂĹ](?:[ł¶ˇĽ¤§´¨¬°±˘¸ľş›‚„‘‡]|[©®…™](?:(?<!\p{Lu}..)|(?=\p{Ll}))))+/gu,
    original: /^[\u00c0-\u017f]+$/u,
  },
  {
    // Code page 437, of consoles: `├⌐` for `é`.
    characters:
      "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
    telling: CONSOLE,
    original: LATIN_1,
  },
  {
    // Code page 850: `├®` for `é`.
    characters:
      "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
    telling: CONSOLE,
    original: LATIN_1,
  },
];

/** What the replacement character becomes when it is decoded as GBK, and when it is decoded as other encodings. */
const LOST = /锟斤拷|пїЅ/u;

/** A quick test whether a text may contain such damage. */
export const MAY_BE_OTHER = /锟斤拷|пїЅ|вЂ|├|[ĂĹ][^\p{ASCII}]|[РС][^\p{ASCII}А-Яа-я]/u;

/** The first text that was probably UTF-8 decoded as another encoding than Windows-1252 and Mac Roman. */
export function findOtherMojibake(text: string): Damage | undefined {
  if (!MAY_BE_OTHER.test(text)) return undefined;
  const lost = LOST.exec(text);
  if (lost) return { at: lost.index, found: lost[0], isCertain: false };
  for (const { characters, telling, original } of WRONG_ENCODINGS)
    for (const { 0: found, index: at } of text.matchAll(telling)) {
      const bytes = Array.from(found, (c) => characters.indexOf(c) + 0x80);
      const suggestion = Buffer.from(bytes).toString("utf8");
      if (original.test(suggestion)) return { at, found, suggestion, isCertain: false };
    }
  return undefined;
}
