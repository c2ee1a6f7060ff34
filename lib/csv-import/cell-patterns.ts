import { STRICT_TIME } from "./strict-time.ts";
import { YEAR_AND_NEXT } from "./year-and-next.ts";

/** A kind of text that resembles another type: at least one cell matches `cell`; all others match `cell` or `otherwise`. */
export interface CellPattern {
  cell: RegExp;
  otherwise?: RegExp;
  /** The kind of such cells, in the plural. */
  description: string;
  remedy: string;
  /** Reported only if no single cell explains why the column is text. */
  isLast?: true;
  /** Days, months or times. */
  isDay?: true;
}

const PLAIN_NUMBER = /^-?\d+([.,]\d+)?$/;
const GROUPED = String.raw`\d{1,3}([,. ’'\u00a0\u2009\u202f]\d{3})+|\d{1,2}(,\d{2})+,\d{3}`;
const UNGROUPED = "write them without";
const NEGATIVE = "write -5";

export const LEADING_ZEROS: CellPattern = {
  cell: /^-?(0\d+|\d{16,})$/,
  otherwise: /^-?\d+$/,
  description: "numbers would lose digits (leading zeros, or more than 15)",
  remedy: "",
};

const MONTH =
  "(jan(uary?|uar)?|feb(ruary?|ruar)?|mar(ch|s)?|märz?|apr(il)?|ma[iy]|jun[ei]?|jul[iy]?|aug(ust)?|sept?(ember)?|o[ck]t(ober)?|nov(ember)?|de[cz](ember)?)[.]?";

export const MONTH_PATTERN: CellPattern = {
  cell: new RegExp(String.raw`^(${MONTH}[ -]\d{2}(\d\d)?|\d{4}[ -]?m\d\d|\d{4} ${MONTH}|\d{1,2}[/-](19|20)\d\d)$`, "iu"),
  description: "months",
  remedy: "write 2020-09",
  isDay: true,
};

export const YES_AND_NO: CellPattern = {
  cell: /^(yes|no|[yntf]|ja|nein|oui|non|sí|si|sim|não|tak|nie|да|нет|是|否|wahr|falsch|vrai|faux|vero|falso|verdadero|waar|onwaar|[✓✔✗✘☑☐])$/iu,
  otherwise: /^(true|false|[01])$/i,
  description: "yes and no",
  remedy: "write true and false",
};

/** Codes of currencies that are next to their number: other letters before a number are a code, such as USW1. */
const CURRENCY = "(?:AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|INR|JPY|NOK|PLN|SEK|USD|ZAR)";

/** Codes of other currencies that tables often have: a space is between them and their number. */
const OTHER_CURRENCY =
  "(?:AED|ARS|BDT|BGN|CLP|COP|EGP|ETB|GEL|GHS|HKD|HUF|IDR|ILS|IRR|ISK|KES|KRW|KZT|LKR|MAD|MXN|MYR|NGN|NPR|NZD|PEN|PHP|PKR|QAR|RON|RSD|RUB|SAR|SGD|THB|TRY|TWD|TZS|UAH|UGX|VND|XAF|XOF|ZMW)";

const ERA = String.raw`(B\.?C\.?E?\.?|A\.?D\.?|C\.?E\.?|v\. ?Chr\.|n\. ?Chr\.|v\. ?u\. ?Z\.)`;

/** The first match is reported. */
export const CELL_PATTERNS: readonly CellPattern[] = [
  {
    cell: /^-0\d{3}$/,
    otherwise: /^-?\d{1,4}$/,
    description: "years before the year 0",
    remedy: "write them as whole numbers without leading zeros (-99 is the year 100 BC): dates have years from 0000",
  },
  {
    cell: /^-\d{4}-\d\d(-\d\d)?$/,
    otherwise: /^-?\d{1,4}(-\d\d(-\d\d)?)?$/,
    description: "dates before the year 0, which dates do not have",
    remedy: "write the year as a whole number (-99 is the year 100 BC), and month and day in separate columns",
    isDay: true,
  },
  LEADING_ZEROS,
  { cell: /^-?\d*\.\d{16,}$/, otherwise: PLAIN_NUMBER, description: "numbers with more digits than programs can store", remedy: "" },
  {
    cell: /^\d{4}([./])\d{1,2}\1\d{1,2}$/,
    description: "days with separators other than hyphens",
    remedy: "write 2020-09-15",
    isDay: true,
  },
  {
    cell: /^(\d{1,2}(st|nd|rd|th|er|\.)?[ -](de )?\p{L}{3,10}\.?,?[ -](de )?\d{2,4}|\p{L}{3,10}\.? \d{1,2},? \d{4})$/iu,
    description: "days with the month in words",
    remedy: "write 2020-09-15",
    isDay: true,
  },
  { cell: /^\d{1,2}([./-])\d{1,2}\1\d\d$/, description: "days with two-digit years", remedy: "write 2020-09-15", isDay: true },
  MONTH_PATTERN,
  {
    cell: /^\d{4}-(\d-\d\d?|\d\d-\d)$/,
    otherwise: /^\d{4}-\d\d-\d\d$/,
    description: "days without leading zeros",
    remedy: "write 2020-09-05",
    isDay: true,
  },
  {
    cell: /^\d{4}-\d\d-\d\d[T ]00:00(:00(\.0+)?)?$/,
    description: "days with a time of 00:00",
    remedy: "write 2020-09-15",
    isDay: true,
  },
  {
    cell: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/,
    description: "times without a time zone",
    remedy: "2020-09-15T12:00:00Z has one",
    isDay: true,
  },
  {
    cell: /^(?!.{10}T.{8}(\.\d+)?(Z|[+-]\d\d:\d\d)$)\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)? ?(Z|[+-]\d\d(:?\d\d)?)$/i,
    otherwise: STRICT_TIME,
    description: "times that are not written as in RFC 3339 (T before the hour, seconds, an offset such as +01:00)",
    remedy: "write 2020-09-15T12:00:00+01:00",
    isDay: true,
  },
  {
    cell: /^((?!.{10}T.{8}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$)\d{1,4}([./-])\d{1,2}\2\d{1,4},?[T ] ?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?( ?[ap]\.?m\.?)?( ?([A-Z]{1,4}|[+-]\d\d:?\d\d))?|\d{8}T\d{4,6}Z?|(\p{L}{3}, )?\d{1,2} \p{L}{3} \d{4} \d\d:\d\d(:\d\d)?( ([A-Z]{1,4}|[+-]\d{4}))?)$/iu,
    otherwise: STRICT_TIME,
    description: "days and times in another form than RFC 3339",
    remedy: "write 2020-09-15T12:00:00Z",
    isDay: true,
  },
  {
    cell: /^\d{4}(-\d\d(-\d\d)?)?[?~%]$/,
    otherwise: /^\d{1,4}(-\d\d(-\d\d)?)?$/,
    description: "dates with a mark of doubt",
    remedy: "move the mark to a separate column",
    isDay: true,
  },
  {
    cell: /^(1\d|20)\d\d\s?[-–]\s?(1\d|20)\d\d$/,
    otherwise: /^\d{1,4}$/,
    description: "ranges of years",
    remedy: "write 1990/1995",
  },
  {
    cell: YEAR_AND_NEXT,
    otherwise: /^\d{1,4}$/,
    description: "seasons rather than months (the digits after the hyphen are those of the next year)",
    remedy: 'if they are months, give the column "format": "edtf" in schema.json',
  },
  {
    cell: new RegExp(`^[-+−]?(${GROUPED})([.,]\\d+)?$`),
    otherwise: PLAIN_NUMBER,
    description: "numbers with thousands separators",
    remedy: UNGROUPED,
  },
  { cell: /^-?\d+[eE]\d{1,2}$/, otherwise: /^-?\d+$/, description: "codes, or powers of ten", remedy: "write numbers without an exponent" },
  { cell: /^-?\d+(\.\d+)?e[+-]?\d+$/i, otherwise: PLAIN_NUMBER, description: "numbers that programs cannot store", remedy: "" },
  {
    cell: /^[-+]?(inf(inity)?|∞)$/i,
    otherwise: PLAIN_NUMBER,
    description: "infinite numbers, which JSON cannot represent",
    remedy: "clear the cell",
  },
  {
    cell: /^-?(\d+\s)?\d{1,3}\s?[/⁄]\s?(\d\d?|10+)$|^-?\d*\s?[¼-¾⅐-⅞]$/,
    otherwise: PLAIN_NUMBER,
    description: "fractions, or days without their year",
    remedy: "write 0.5, or 2020-09-15",
  },
  {
    cell: /^-?\d[\d.,]*\s?(±|\+\/-)\s?[\d.,]+$|^-?\d[\d.,]*%?\s?[([]-?\d[\d.,]*%?\s?([-–,;]|to)\s?-?\d[\d.,]*%?[)\]]$/,
    otherwise: PLAIN_NUMBER,
    description: "numbers with their uncertainty",
    remedy: "move it to separate columns",
  },
  {
    cell: /^[NSEWO]?\s?-?\d{1,3}(\.\d+)?\s?[°º](\s?\d.*|.*[NSEWO])$/i,
    description: "coordinates in degrees",
    remedy: "write decimals, such as -48.25",
  },
  // More digits are a telephone number.
  { cell: /^\+\d{1,7}([.,]\d+)?$/, otherwise: PLAIN_NUMBER, description: "numbers with a plus sign", remedy: UNGROUPED },
  {
    cell: /^[−–‐‑﹣]\s?\d+([.,]\d+)?$/,
    otherwise: PLAIN_NUMBER,
    description: "numbers with a minus sign that is not a hyphen (U+2212, or a dash)",
    remedy: NEGATIVE,
  },
  {
    cell: /^(\(\d[\d.,]*\)|\d[\d.,]*-)$/,
    otherwise: PLAIN_NUMBER,
    description: "negative numbers in parentheses, or with the sign at the end",
    remedy: NEGATIVE,
  },
  {
    cell: /^(?=.*\s)(?!.*\ufeff)\s*-?\d+([.,]\d+)?\s*$/,
    otherwise: PLAIN_NUMBER,
    description: "numbers with spaces around them",
    remedy: "delete the spaces",
  },
  {
    cell: /^(?=.*\P{ASCII})[-+]?[\p{Nd}.,٫٬]+$/u,
    otherwise: PLAIN_NUMBER,
    description: "numbers in digits other than 0 to 9",
    remedy: "write them with these",
  },
  { cell: /^-?[\d.,]+\s?[%‰]$/, otherwise: PLAIN_NUMBER, description: "numbers with a percent sign", remedy: "move it to the header" },
  {
    cell: new RegExp(
      String.raw`^(-?\(?((\p{Sc}|[A-Z]{1,2}\$|${CURRENCY}|Rs\.?)\s?|${OTHER_CURRENCY}\s)-?\d[\d.,’' ]*([kKmMB]|bn|mn|Mio\.?|Mrd\.?)?\)?|-?\d[\d.,’' ]*(\s?(\p{Sc}|${CURRENCY})|\s${OTHER_CURRENCY}))$`,
      "u",
    ),
    otherwise: PLAIN_NUMBER,
    description: "amounts with their currency",
    remedy: "move it to the header, or to a separate column",
  },
  {
    cell: /^([<>]=?|[≤≥])\s?-?\d[\d.,]*$|^\d[\d.,]*\s?\+$/,
    otherwise: PLAIN_NUMBER,
    description: "limits rather than numbers",
    remedy: "move the sign to a separate column",
  },
  {
    cell: /^([~≈]|c\.|ca\.?|circa|approx\.?|about)\s?-?\d[\d.,]*$/i,
    otherwise: PLAIN_NUMBER,
    description: "estimates rather than numbers",
    remedy: "move the sign or word to a separate column",
  },
  {
    cell: new RegExp(`^(\\d{1,5}\\s?${ERA}|${ERA}\\s?\\d{1,5})$`, "i"),
    otherwise: PLAIN_NUMBER,
    description: "years with their era",
    remedy: "write whole numbers (-99 is the year 100 BC), or move the era to a separate column",
  },
  {
    // Flags of Eurostat: b is a break in the series, e an estimate, p provisional.
    cell: /^-?\d[\d.,]*\s[bcdefinprsuz]{1,3}$/,
    otherwise: PLAIN_NUMBER,
    description: "numbers with a flag (of Eurostat: b, e, p) or a unit",
    remedy: "move the flag to a separate column, the unit to the header",
  },
  {
    cell: /^-?\d[\d.,]*(\s[\p{L}µ°][\p{L}\d²³/°]*|[kcm]m[²³23]?|m[²³]|[kmµ]g|ha|[kMGT]Wh?|hPa|ppm|ml|°[CF])$/u,
    otherwise: PLAIN_NUMBER,
    description: "numbers with their unit",
    remedy: "move it to the header",
  },
  { cell: /^-?\d+\.$/, otherwise: /^-?\d*([.,]\d+)?$/, description: "numbers that end with a point", remedy: "delete the point" },
  {
    cell: /^-?\d[\d.,]*([ \u00a0\u2009\u202f]\d{3})*\s?(\*+|[†‡§]+|[⁰¹²³⁴-⁹]+|\[[\da-z]\]|\([a-z]\))$/i,
    otherwise: PLAIN_NUMBER,
    description: "numbers with a footnote mark",
    remedy: "move the mark to a separate column",
  },
  {
    cell: /^-?\d+,\d+$/,
    otherwise: /^-?\d+(\.\d+)?$/,
    description: "decimals with a comma next to others with a point",
    remedy: "write all of them with a point",
    isLast: true,
  },
  {
    cell: /^(\d{1,2}([./-])\d{1,2}\2\d{4})$/,
    description: "days that are not all written in the same order",
    remedy: "write 2020-09-15",
    isLast: true,
    isDay: true,
  },
  YES_AND_NO,
];

/** Patterns that a column with plain numbers can still match. */
export const NUMBER_PATTERNS: ReadonlySet<CellPattern> = new Set(CELL_PATTERNS.filter(({ otherwise }) => otherwise?.test("1")));

/** Patterns of numbers, and of days, that may be mixed in a column. */
export const NUMBER_FORMS: readonly CellPattern[] = CELL_PATTERNS.filter(({ otherwise }) => otherwise === PLAIN_NUMBER);
export const DAY_FORMS: readonly CellPattern[] = CELL_PATTERNS.filter(({ isDay }) => isDay);
