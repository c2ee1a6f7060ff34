import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDamage, mayBeDamaged } from "../../../lib/diagnostics/find-damage.ts";

describe("findDamage", () => {
  it.each([
    ["L\u0092Aquila", "\u0092", "’"],
    ["a\u0085", "\u0085", "…"],
    ["\u0080", "\u0080", "€"],
    ["\u009f", "\u009f", "Ÿ"],
    ["a\u0081b", "\u0081", undefined],
    ["a\u007fb", "\u007f", undefined],
    ["S\ufffdo", "\ufffd", undefined],
    ["a\rb", "\r", "\n"],
    ["a\r", "\r", "\n"],
    ["a\r\n\rb", "\r", "\n"],
    ["caf\u00c3\u0089", "\u00c3\u0089", "É"],
    ["it\u00e2\u0080\u0099s", "\u00e2\u0080\u0099", "’"],
  ])("is certain of %j", (text, found, suggestion) => {
    const damage = findDamage(text);
    expect([damage?.found, damage?.suggestion, damage?.isCertain]).toEqual([found, suggestion, true]);
    expect(text.slice(damage?.at).startsWith(found)).toBe(true);
    expect(mayBeDamaged(JSON.stringify(text))).toBe(true);
  });

  it.each([
    ["cafÃ©", "Ã©", "é"],
    ["a\ufeffb", "\ufeff", ""],
    ["SÃ£o Paulo", "Ã£", "ã"],
    ["itâ€™s", "â€™", "’"],
    ["10 â‚¬", "â‚¬", "€"],
    ["Â°C", "Â°", "°"],
    ["Ð°Ð±", "Ð°Ð±", "аб"],
    ["ðŸ˜€ðŸ˜€", "ðŸ˜€ðŸ˜€", "😀😀"],
    ["æ—¥æœ¬", "æ—¥æœ¬", "日本"],
    ["PaweÅ‚", "Å‚", "ł"],
    ["kÄ…t", "Ä…", "ą"],
    // Read as Mac Roman, Windows-1251, Windows-1250 and two code pages of consoles.
    ["Z√ºrich", "√º", "ü"],
    ["РњРѕСЃРєРІР°", "РњРѕСЃРєРІР°", "Москва"],
    ["РєРёС—РІ", "РєРёС—РІ", "київ"],
    ["itвЂ™s", "вЂ™", "’"],
    ["KrakĂłw", "Ăł", "ó"],
    ["PaweĹ‚", "Ĺ‚", "ł"],
    ["M├╝ller", "├╝", "ü"],
    ["caf├⌐", "├⌐", "é"],
    ["caf├®", "├®", "é"],
  ])("suspects %j", (text, found, suggestion) => {
    expect(findDamage(text)).toEqual({ at: text.indexOf(found), found, suggestion, isCertain: false });
    expect(mayBeDamaged(JSON.stringify(text))).toBe(true);
  });

  it.each([
    ["Mï¿½ller", "ï¿½"],
    ["MпїЅller", "пїЅ"],
    ["M锟斤拷ller", "锟斤拷"],
  ])("suspects the remains of a lost character: %s", (text, found) => {
    expect(findDamage(text)).toEqual({ at: 1, found, isCertain: false });
  });

  it.each([
    "São João da Ã",
    "CAFÉ–BAR",
    "«CAFÉ»",
    "„MENÜ“",
    "été, “ça”…",
    "ÃO",
    "Â, Î, Â",
    "Þórður Ð.",
    "tab\there",
    "l1\nl2\r\nl3",
    "日本語",
    "Ελληνικά",
    ...[
      "СІРІ ЗЕМЛІ",
      "РІЗДВО",
      "Росія",
      "kÅ²",
      "SMÅ–STOR",
      "A–Å–Ö",
      "„TROIKÄ“",
      "CĂŞTIG",
      "BRAŞOV",
      "BUNĂ…",
      "DONĂ®",
      "├── a",
      "├─ü",
      "Çağrı",
    ],
    "naïve",
    "",
  ])("ignores %j", (text) => {
    expect(findDamage(text)).toBeUndefined();
  });

  it("finds every text of at least two letters that was decoded as Windows-1252", () => {
    const letters = fc.string({ unit: fc.constantFrom("é", "ü", "ñ", "Ж", "я", "日", "’"), minLength: 2, maxLength: 6 });
    const asLatin1 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
    fc.assert(
      fc.property(letters, (text) => {
        const damage = findDamage(asLatin1(text));
        expect([damage?.at, damage?.suggestion]).toEqual([0, text]);
      }),
    );
  });

  it("runs in linear time", () => {
    for (const text of ["À".repeat(300_000), "Ã©".repeat(150_000), "â€".repeat(150_000), "├░".repeat(150_000), "√± ".repeat(150_000)])
      findDamage(text);
  });
});

describe("mayBeDamaged", () => {
  it.each(['"a\\u0092"', '"\\uFFFD"', '"a\\rb"', '"\\u000d"', '"\\u007f"', '"\\u00c3\\u00a9"', '"\\ufeff"'])(
    "sees the escapes in %s",
    (json) => {
      expect(mayBeDamaged(json)).toBe(true);
    },
  );

  it("accepts plain text", () => {
    expect(mayBeDamaged('{"a": "tab\\t, break\\n, both\\r\\n, é, ’ and 日本"}')).toBe(false);
  });
});
