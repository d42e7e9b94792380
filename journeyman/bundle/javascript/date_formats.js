/** The formats in which dates are written: each a grammar of text. All times are bigints of microseconds since 1970. */

import { fold } from "./cell.js";
import { MONTHS } from "./months.js";
import { BLANKS, LETTERS, escaped } from "./unicode.js";

export const DAY = 86_400_000_000n;
/** What is written as a number. */
export const NUMBERED = ["ymd", "epoch", "serial"];
const NAMED = ["iso", "quarter", ...NUMBERED];
const NAMED_ORDER = ["d b y", "b d y", "y b d", "b y", "y b"];
const DAYS_BEFORE_1970 = 719_162;
const SERIAL_BEFORE_1970 = 25_569;
/** Below so many since 1970 they are seconds, below the next milliseconds, then microseconds. */
const [SECONDS, MILLISECONDS, MICROSECONDS] = [1e11, 1e14, 1e17];

const S = `[${BLANKS}]`;
const LETTER = `[${LETTERS}]`;
const TIME =
  `(?:(?:[T ]|, )${S}*(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:[.,](?<part>[0-9]{1,9}))?)?` +
  `(?:${S}?(?<half>[AaPp])\\.?[Mm]\\.?)?${S}?(?<zone>Z|z|UTC|GMT|[+\\-][0-9]{2}:?(?:[0-9]{2})?)?)?`;
const FIXED = {
  iso: `(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})${TIME}`,
  quarter: "(?:(?<y>[0-9]{4})[ ./\\-]?[QqKkTt](?<q>[1-4])|[QqKkTt](?<q2>[1-4])[ ./\\-]?(?<y2>[0-9]{4}))",
  ymd: "(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})(?:(?<hour>[0-9]{2})(?<minute>[0-9]{2})(?<second>[0-9]{2}))?",
  epoch: "(?<number>-?[0-9]{1,17}(?:\\.[0-9]+)?)",
  serial: "(?<number>[0-9]{1,6}(?:\\.[0-9]+)?)",
};
const YEAR = "(?<y>[0-9]{4}|[0-9]{2})";
const MONTH = "(?<m>[0-9]{1,2})";
const NAMED_PARTS = {
  y: YEAR,
  d: "(?<d>[0-9]{1,2})(?:st|nd|rd|th|º|ª|er|\\.)?",
  b: `(?<b>${LETTER}{3,12})\\.?`,
};
/** Between a month's name and what stands beside it; a day of the week may stand before all. */
const BESIDE_NAME = `(?:[${BLANKS},./\\-]+|${S}?(?=${LETTER})|(?<=${LETTER})${S}?)(?:(?:de|del|of)${S}+)?`;
const WEEKDAY = `(?:${LETTER}{2,12}\\.?,?${S}+)?`;
const ORDER = /^[dmy]([^a-zA-Z0-9])[dmy]\1[dmy]$/su;
const SHORT_ORDER = /^(?:y[^a-zA-Z0-9]m|m[^a-zA-Z0-9.]y)$/su;

/** Whether a text is a format that `dateTextReader` knows. @param {string} text @returns {boolean} */
export function isDateFormat(text) {
  if (NAMED.includes(text) || NAMED_ORDER.includes(text) || SHORT_ORDER.test(text)) return true;
  return ORDER.test(text) && new Set(orderOf(text)).size === 3;
}

const orderOf = (text) => [...text].filter((_, place) => place % 2 === 0);

/** The grammar of a date format. @param {string} format @returns {RegExp} */
export function datePattern(format) {
  return new RegExp(`^(?:${grammar(format)})$`, "u");
}

function grammar(format) {
  if (Object.hasOwn(FIXED, format)) return FIXED[format];
  if (format.includes("b")) {
    return WEEKDAY + format.split(" ").map((part) => NAMED_PARTS[part]).join(BESIDE_NAME) + TIME;
  }
  const marks = [...format];
  const isShort = marks.length === 3;
  const parts = { y: isShort ? "(?<y>[0-9]{4})" : YEAR, m: MONTH, d: "(?<d>[0-9]{1,2})" };
  return orderOf(format).map((part) => parts[part]).join(escaped(marks[1])) + (isShort ? "" : TIME);
}

/**
 * The reader of dates written in a format; a time without a zone is taken as UTC, a part of a year as its start.
 * @param {string} format
 * @returns {(text: string) => bigint | null} null where the text is none, or the calendar has no such day
 */
export function dateTextReader(format) {
  const pattern = datePattern(format);
  if (format === "epoch" || format === "serial") {
    const ofNumber = format === "epoch" ? sinceEpoch : sinceSerial;
    return (text) => (pattern.test(text) ? ofNumber(Number(text)) : null);
  }
  return (text) => {
    const found = pattern.exec(text)?.groups;
    return found ? microseconds(found) : null;
  };
}

/**
 * A date that is written as a number; null where it is none.
 * @param {string} format
 * @param {number} value
 * @returns {bigint | null}
 */
export function numberDate(format, value) {
  if (format === "epoch") return sinceEpoch(value);
  if (format === "serial") return sinceSerial(value);
  return Number.isInteger(value) ? dateTextReader("ymd")(BigInt(value).toString()) : null;
}

/** Seconds, milliseconds or microseconds since 1970, by their size. @param {number} value @returns {bigint | null} */
function sinceEpoch(value) {
  const size = Math.abs(value);
  if (!(size < MICROSECONDS)) return null;
  return rounded(value * (size < SECONDS ? 1e6 : size < MILLISECONDS ? 1000 : 1));
}

/** Days since 1899-12-30, as spreadsheets count them. @param {number} value @returns {bigint | null} */
function sinceSerial(value) {
  return value >= 0 && value < 300_000 ? rounded((value - SERIAL_BEFORE_1970) * Number(DAY)) : null;
}

/** A number rounded to the nearest whole one, halves to the even one. @param {number} value @returns {bigint} */
function rounded(value) {
  const below = Math.floor(value);
  const rest = value - below;
  return BigInt(rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below);
}

/** The time that a pattern found, or null where the calendar has no such time. */
function microseconds(part) {
  const written = part.y || part.y2;
  let year = Number(written);
  if (written.length === 2) year += year >= 69 ? 1900 : 2000;
  const month = monthOf(part);
  const days = month === null ? null : daysOf(year, month, Number(part.d || 1));
  if (days === null) return null;
  const since = part.hour ? sinceMidnight(part) : 0n;
  return since === null ? null : BigInt(days) * DAY + since;
}

function monthOf(part) {
  if (part.b) return MONTHS.get(fold(part.b)) ?? null;
  const quarter = part.q || part.q2;
  return quarter ? Number(quarter) * 3 - 2 : Number(part.m || 0);
}

/** Days since 1970-01-01 in the Gregorian calendar, years 1 to 9999; null where there is no such day. */
function daysOf(year, month, day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return null;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (day > lengths[month - 1]) return null;
  const years = year - 1;
  const before = 365 * years + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return before + lengths.slice(0, month - 1).reduce((sum, one) => sum + one, 0) + day - 1 - DAYS_BEFORE_1970;
}

/** The time of day in UTC, or null where no clock shows it. */
function sinceMidnight(part) {
  let hour = Number(part.hour || 0);
  const [minute, second] = [Number(part.minute || 0), Number(part.second || 0)];
  if (part.half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + ("pP".includes(part.half) ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return null;
  const fraction = Number((part.part || "0").slice(0, 6).padEnd(6, "0"));
  const zone = part.zone || "";
  let offset = 0;
  if (zone[0] === "+" || zone[0] === "-") {
    const clock = zone.slice(1).replaceAll(":", "");
    offset = (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(2) || 0)) * (zone[0] === "+" ? 1 : -1);
  }
  return BigInt(((hour * 60 + minute - offset) * 60 + second) * 1_000_000 + fraction);
}
