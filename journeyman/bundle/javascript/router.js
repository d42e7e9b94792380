/** The router: which rows a model answers alone, and which a person does. Chance is a hash of what the row holds. */

import { digestOf8Bytes } from "./blake2b.js";

const [AUTOMATE, PERSON, AUDIT] = ["automate", "person", "audit"];
const ALL = (1n << 64n) - 1n;
const [GOLDEN, FIRST, SECOND] = [0x9e3779b97f4a7c15n, 0xbf58476d1ce4e5b9n, 0x94d049bb133111ebn];
const NO_NUMBER = 0x7ff8000000000000n;

/**
 * Where one row goes.
 * @param {object} router as the manifest holds it
 * @param {number} place of the predicted class
 * @param {number} chance of it
 * @param {boolean} isUsual whether the row is as training knew them
 * @param {object} blocks block → the places of its columns, as the reader has them
 * @param {(place: number) => number | bigint | string | null} value of the row in a column
 */
export function routeOf(router, place, chance, isUsual, blocks, value) {
  const least = router.thresholds[place];
  if (!isUsual || least === null || !(chance >= least)) return PERSON;
  return lotOf(blocks, value, router.seed) < router.audit_share ? AUDIT : AUTOMATE;
}

/** A number from 0 to below 1, drawn by what the row holds and a seed. */
export function lotOf({ numbers, dates, words }, value, seed) {
  const inputs = [
    dates.map((place) => BigInt.asUintN(64, value(place) ?? 0n)),
    dates.map((place) => BigInt(value(place) === null)),
    numbers.map((place) => ofNumber(value(place))),
    words.map((place) => digestOf8Bytes(bytesOf(value(place)))),
  ].filter((one) => one.length);
  let total = 0n;
  inputs.forEach((cells, number) => {
    cells.forEach((cell, at) => {
      total += mixed(cell ^ mixed(BigInt(at) + (BigInt(number + 1) << 32n)));
    });
  });
  const start = (BigInt(seed) * GOLDEN) & ALL;
  return Number(mixed((total & ALL) ^ start) >> 11n) * 2 ** -53;
}

/** A word of which every bit hangs on every bit of the given one (the finalizer of SplitMix64). */
function mixed(word) {
  let found = (word + GOLDEN) & ALL;
  found = ((found ^ (found >> 30n)) * FIRST) & ALL;
  found = ((found ^ (found >> 27n)) * SECOND) & ALL;
  return found ^ (found >> 31n);
}

function ofNumber(value) {
  if (Number.isNaN(value)) return NO_NUMBER;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value + 0);
  return bits.getBigUint64(0);
}

/** A text in UTF-8, halves of surrogate pairs as if they were characters. */
function bytesOf(text) {
  const encoder = new TextEncoder();
  const parts = [...text].map((mark) => {
    const code = mark.codePointAt(0);
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    return isHalf ? [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)] : encoder.encode(mark);
  });
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
