/** The JavaScript reader gives what the vectors say, cell by cell. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fold, plainText, spell } from "../../../journeyman/bundle/javascript/cell.js";
import { cellReader } from "../../../journeyman/bundle/javascript/cells.js";
import { isDateFormat } from "../../../journeyman/bundle/javascript/date_formats.js";
import { MONTHS } from "../../../journeyman/bundle/javascript/months.js";
import { joinedTerms, termsOf } from "../../../journeyman/bundle/javascript/terms.js";
import { cellOf, valueOf, vectorsOf } from "./vectors.mjs";

/** What a column says where a vector does not. */
const USUAL = {
  role: "feature", unit: "", missing: [], decimal: ".", thousands: "", groups: "thousands", other_units: [],
  notation: "plain", ranges: "refused", date_format: "iso", date_formats: [], true_words: [], false_words: [],
  numeric_spelling: false, terms: "words", spaces: "kept", case: "kept", levels: [], low: null, high: null,
};

for (const kind of ["number", "flag", "date", "category", "text"]) {
  test(`cells of a ${kind} column are read as the vectors say`, () => {
    let looked = 0;
    const wrong = [];
    for (const { column, cells, values, states } of vectorsOf(kind)) {
      const read = cellReader({ ...USUAL, ...column });
      cells.forEach((cell, at) => {
        looked += 1;
        const [value, state] = read(cellOf(cell));
        if (Object.is(valueOf(value), values[at]) && String(state) === states[at]) return;
        wrong.push({ column, cell, wanted: [values[at], states[at]], got: [valueOf(value), state] });
      });
    }
    assert.ok(looked > 300, "there are few vectors");
    assert.deepEqual(wrong.slice(0, 8), [], `${wrong.length} of ${looked} cells are read otherwise`);
  });
}

test("texts are folded, made plain, spelt and taken apart as the vectors say", async () => {
  const { folded, plain, spelt, terms, long, months, formats } = vectorsOf("texts");
  for (const [text, wanted] of folded) assert.equal(fold(text), wanted, JSON.stringify(text));
  for (const [text, wanted] of plain) assert.equal(plainText(text), wanted, JSON.stringify(text));
  for (const [number, wanted] of spelt) assert.equal(spell(number), wanted);
  for (const [text, form, wanted] of terms) assert.deepEqual(termsOf(text, form), wanted, JSON.stringify(text));
  assert.deepEqual(Object.fromEntries(MONTHS), months);
  for (const [text, wanted] of formats) assert.equal(isDateFormat(text), wanted, text);
  for (const [pieces, form, count, digest] of long) {
    const text = pieces.map(([piece, times]) => piece.repeat(times)).join("");
    assert.equal(termsOf(text, form).length, count);
    const bytes = new TextEncoder().encode(joinedTerms(text, form));
    assert.equal(Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex"), digest);
  }
});
