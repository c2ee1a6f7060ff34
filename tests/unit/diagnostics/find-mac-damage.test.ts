import { describe, expect, it } from "vitest";
import { decodeWindows1252 } from "../../../lib/diagnostics/decode-windows1252.ts";
import { decodeMacRoman, findMacDamage } from "../../../lib/diagnostics/find-mac-damage.ts";

describe("findMacDamage", () => {
  it.each([
    ["café", "√©", "é"],
    ["Zürich", "√º", "ü"],
    ["können", "√∂", "ö"],
    ["Österreich", "√ñ", "Ö"],
    ["it’s", "‚Äô", "’"],
    ["10 €", "‚Ç¨", "€"],
    ["21 °C", "¬∞", "°"],
    ["Łódź", "≈Å√≥", "Łó"],
    ["Москва", "–ú–æ—Å–∫–≤–∞", "Москва"],
    ["東京", "Êù±‰∫¨", "東京"],
  ])("suspects UTF-8 that was decoded as Mac Roman: %s", (text, found, suggestion) => {
    const damaged = decodeMacRoman(Buffer.from(text));
    expect(findMacDamage(damaged)).toEqual({ at: damaged.indexOf(found), found, suggestion, isCertain: false });
  });

  it.each([
    ["caf\x8e", "Ž", "é"],
    ["Z\x9frich", "Ÿ", "ü"],
    ["h\x99tel de Lib\x8eria", "Ž", "é"],
    ["M\x87laga", "‡", "á"],
  ])("suspects Mac Roman that was decoded as Windows-1252: %j", (bytes, found, suggestion) => {
    const damaged = decodeWindows1252(Buffer.from(bytes, "latin1"));
    expect(findMacDamage(damaged)).toEqual({ at: damaged.indexOf(found), found, suggestion, isCertain: false });
  });

  it.each([
    ...[
      "«Été»",
      "…École — École",
      "‘Ärger’ “Übung” „Öl“",
      "2√π r",
      "√2",
      "≈ 5",
      "¬A",
      "ƒ10",
      "Cœur, œuvre, Œuvre",
      "Živa Šumava",
      "ŽIŽKOV",
      "DŽemal",
      "x≈π",
      "Smith†and",
    ],
    ...[
      "Louÿs",
      "dagger†, double‡",
      "Word™ a‰",
      "Straße",
      "«Москва» — город",
      "日本語",
      "a–b",
      "l’été",
      "façade",
      "Łódź",
      "señor",
      "10 °C",
    ],
  ])("ignores %s", (text) => {
    expect(findMacDamage(text)).toBeUndefined();
  });
});
