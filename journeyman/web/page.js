// The page: reads what the model is, makes the form, and asks again whenever a cell changes. The last answer wins.

import { showAnswer } from "./answer.js";
import { ask, asCurl, keepToken, Refused, takeToken } from "./ask.js";
import { showCurve } from "./curve.js";
import { makeField } from "./form.js";
import { element, given } from "./words.js";
import { showCases, showReasons } from "./why.js";

const FIRST = 9;
const ALL_OPEN = 40;
const FIND_FROM = 12;
const REASONS = 5;
const SOON = 60;
const LATER = 250;
const SPOKEN = 900;

const at = Object.fromEntries([...document.querySelectorAll("[id]")].map((one) => [one.id, one]));
const parameters = new URLSearchParams(location.hash.slice(1));
let schema;
let fields = [];
let asked;
let timers = {};

takeToken(parameters);
start();

async function start() {
  at.notice.hidden = true;
  try {
    schema = await ask("/schema");
  } catch (error) {
    if (error instanceof Refused && error.status === 401) {
      at.unlock.hidden = false;
      at.lead.textContent = "";
      at.token.focus();
    } else tellTrouble(error);
    return;
  }
  at.unlock.hidden = true;
  makePage();
  readLink();
  await answer();
}

function makePage() {
  document.title = `${schema.target}: try the model`;
  at.run.textContent = `of ${schema.name}`;
  at.title.replaceChildren("Predict ", given(schema.target, 200));
  const what = schema.classes.length ? (schema.classes.length === 2 ? "One of two classes" : `One of ${schema.classes.length} classes`) : "A number";
  at.lead.replaceChildren(`${what}, from ${schema.columns.length} columns. The form starts with a typical row; change a cell, and the answer follows.`);
  fields = schema.columns.map((column, place) => makeField(column, place, changed));
  at.groups.replaceChildren(...groups());
  for (const column of schema.columns) {
    if (column.for.includes("prediction") && column.kind !== "text") {
      const letters = Array.from(column.name);
      const shown = letters.length > 80 ? `${letters.slice(0, 79).join("")}…` : column.name;
      at.varied.append(Object.assign(element("option", "", shown), { value: String(schema.columns.indexOf(column)), dir: "auto" }));
    }
  }
  at["similar-card"].hidden = !schema.keeps_cases;
  at["find-line"].hidden = fields.length < FIND_FROM;
  at.main.hidden = false;
}

/** What moves the answer most, the others, and what only the decision reads. */
function groups() {
  const predicting = fields.filter((one) => one.column.for.includes("prediction"));
  const deciding = fields.filter((one) => !one.column.for.includes("prediction"));
  const first = predicting.length <= FIRST + 3 ? predicting : predicting.slice(0, FIRST);
  const rest = predicting.slice(first.length);
  const made = [];
  if (rest.length) made.push(element("h3", "", "These move the answer most"));
  made.push(grid(first));
  if (deciding.length) made.push(element("h3", "", "Only the decision reads these"), grid(deciding));
  if (rest.length) {
    const more = element("details", "", element("summary", "", `${rest.length} more columns, at their typical values`), grid(rest));
    more.open = fields.length <= ALL_OPEN;
    more.id = "more";
    made.push(more);
  }
  return made;
}

function grid(some) {
  return element("div", "fields", ...some.map((one) => one.box));
}

function row() {
  // No prototype: a column may have any name.
  const cells = Object.create(null);
  for (const one of fields) cells[one.column.name] = one.cell();
  return cells;
}

function changed() {
  at.answer.classList.add("stale");
  later("answer", SOON, answer);
}

function later(name, milliseconds, work) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(work, milliseconds);
}

async function answer() {
  asked?.abort();
  const mine = (asked = new AbortController());
  const body = JSON.stringify(row());
  const began = performance.now();
  let found;
  try {
    found = await ask("/predict?amounts=1", body, mine.signal);
  } catch (error) {
    if (mine === asked && error.name !== "AbortError") tellTrouble(error);
    return;
  }
  if (mine !== asked) return;
  at.notice.hidden = true;
  const spoken = showAnswer(at, schema, found, performance.now() - began);
  tellFields(found);
  writeLink();
  later("spoken", SPOKEN, () => (at.spoken.textContent = spoken));
  if (found.status === "refused") {
    for (const place of [at.why, at.curve, at.similar]) place.replaceChildren(element("p", "quiet small", "Nothing to tell while there is no answer."));
    return;
  }
  later("more", LATER, () => explain(body, mine));
}

/** What takes longer: reasons, the curve, past cases. */
async function explain(body, mine) {
  const show = async (place, path, sent, draw) => {
    try {
      const found = await ask(path, sent, mine.signal);
      if (mine === asked) draw(found);
    } catch (error) {
      if (mine === asked && error.name !== "AbortError") place.replaceChildren(element("p", "quiet small", error.message));
    }
  };
  await Promise.all([
    show(at.why, `/predict?reasons=${REASONS}`, body, (found) => showReasons(at.why, found.reasons)),
    drawCurve(body, show),
    schema.keeps_cases ? show(at.similar, "/similar", body, (found) => showCases(at.similar, schema, found.cases)) : null,
  ]);
}

function drawCurve(body, show) {
  const column = schema.columns[Number(at.varied.value)];
  if (at.varied.value === "" || !column) return null;
  const sent = `{"row":${body},"column":${JSON.stringify(column.name)}}`;
  return show(at.curve, "/what-if", sent, (found) => showCurve(at.curve, schema, found));
}

function tellFields(found) {
  const told = new Map();
  for (const one of found.troubles ?? []) if (!told.has(one.column)) told.set(one.column, one);
  for (const one of fields) one.tell(told.get(one.column.name), found.status);
}

function tellTrouble(error) {
  at.notice.hidden = false;
  at.notice.textContent = error instanceof Refused ? error.message : "The service does not answer. Is it still running?";
}

function readLink() {
  let cells;
  try {
    cells = JSON.parse(parameters.get("row") ?? "[]");
  } catch {
    return;
  }
  if (!Array.isArray(cells)) return;
  const named = new Map(fields.map((one) => [one.column.name, one]));
  for (const pair of cells) {
    const [name, cell] = Array.isArray(pair) ? pair : [];
    const isCell = cell === null || ["string", "number", "boolean"].includes(typeof cell);
    if (named.has(name) && isCell) named.get(name).set(cell);
  }
}

/** The address of this row: only the cells that are not as the form starts. */
function writeLink() {
  const cells = fields.filter((one) => one.isChanged()).map((one) => [one.column.name, one.cell()]);
  const hash = cells.length ? `#row=${encodeURIComponent(JSON.stringify(cells))}` : "";
  history.replaceState(null, "", `${location.pathname}${location.search}${hash}`);
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    at.copied.textContent = `${what} copied`;
  } catch {
    // Without a secure connection browsers give pages no clipboard.
    window.prompt(`Copy this ${what}`, text);
  }
  later("copied", 3000, () => (at.copied.textContent = ""));
}

at.form.addEventListener("submit", (event) => event.preventDefault());
at.reset.addEventListener("click", () => {
  for (const one of fields) one.set(one.column.default);
  changed();
});
at["copy-link"].addEventListener("click", () => {
  writeLink();
  copy(location.href, "link");
});
at["copy-curl"].addEventListener("click", () => copy(asCurl(JSON.stringify(row())), "command"));
at.varied.addEventListener("change", () => {
  at.curve.replaceChildren();
  changed();
});
at.find.addEventListener("input", () => {
  const wanted = at.find.value.trim().toLowerCase();
  let found = 0;
  for (const one of fields) {
    one.box.hidden = !one.matches(wanted);
    found += one.box.hidden ? 0 : 1;
  }
  const more = document.getElementById("more");
  if (more && wanted) more.open = true;
  at.found.textContent = wanted ? `${found} of ${fields.length} columns` : "";
});
at.unlock.addEventListener("submit", (event) => {
  event.preventDefault();
  keepToken(at.token.value.trim());
  start();
});
