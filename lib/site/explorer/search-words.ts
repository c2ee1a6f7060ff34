import { foldedText } from "./folded-text.ts";
import { MONTHS } from "./human-date.ts";

const MONTH =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const DAY = "(\\d{1,2})(?:st|nd|rd|th)?\\.?";
/** 15 September 2020; September 15, 2020; Sept. 2020. */
const DATES = new RegExp(`\\b(?:${DAY} ${MONTH},? (\\d{4})|${MONTH} ${DAY},? (\\d{4})|${MONTH} (\\d{4}))\\b`, "g");

const monthOf = (name: string): number => MONTHS.findIndex((month) => month.toLowerCase() === name.slice(0, 3)) + 1;
const two = (part: number): string => String(part).padStart(2, "0");

/** Finds dates in words, with their ISO form: 15 September 2020 → 2020-09-15. */
function* datesIn(text: string): Generator<[said: string, date: string]> {
  for (const [said, day1, month1, year1, month2, day2, year2, month3, year3] of text.matchAll(DATES)) {
    const [day, month, year] = [day1 ?? day2, month1 ?? month2 ?? month3 ?? "", year1 ?? year2 ?? year3];
    yield [said, [year, two(monthOf(month)), ...(day === undefined ? [] : [two(Number(day))])].join("-")];
  }
}

/** Prepares a text for searching: folded, followed by its dates in ISO form and its numbers without separators. */
export function searchableText(text: string): string {
  const plain = foldedText(text);
  const dates = [...datesIn(plain)].map(([, date]) => date);
  const numbers = [...plain.matchAll(/\d{1,3}(?:,\d{3})+/g)].map(([number]) => number.replaceAll(",", ""));
  return [plain, ...dates, ...numbers].join("\n");
}

/**
 * The words of a search, each with alternative spellings. All words have to occur. A date in words is one word: `2020-09` is in 2020-09-15.
 */
export function searchWords(text: string): string[][] {
  let plain = foldedText(text).replaceAll(/\s+/g, " ").trim();
  for (const [said, date] of [...datesIn(plain)]) plain = plain.replace(said, date);
  return plain
    .split(" ")
    .filter(Boolean)
    .map((word) => {
      const month = new RegExp(`^${MONTH}$`).test(word) ? word.slice(0, 3) : undefined;
      // As pages write it: 15 Sep 2020.
      return month === undefined || month === word ? [word] : [word, ` ${month} `, `\n${month} `];
    });
}

/** Stop words of questions. */
const SMALL_WORDS = /^(?:an?|and|did|does|for|ha[ds]|have|how|in|is|it|of|on|that|the|this|to|was|were|wh(?:at|en|ere|ich|o|y)|with)$/;

/** The other words of a question: `when did Kazakhstan join?` → `kazakhstan join`; undefined if it has no small words, or no others. */
export function contentWords(text: string): string | undefined {
  const words = foldedText(text).replaceAll(/[?!]/g, " ").split(/\s+/).filter(Boolean);
  const kept = words.filter((word) => !SMALL_WORDS.test(word));
  const short = kept.join(" ");
  return kept.length === 0 || short === foldedText(text).trim() ? undefined : short;
}

export const hasWord = (text: string, ways: readonly string[]): boolean => ways.some((way) => text.includes(way));
