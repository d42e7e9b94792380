// One field for each column, made from the schema. A field knows its cell, as JSON holds it: null is missing.

import { amount, element, given } from "./words.js";

const MOST_OPTIONS = 60;
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A field: its element, `cell()`, `set(cell)`, `tell(trouble, status)`, and whether it matches what is looked for. */
export function makeField(column, place, onChange) {
  const id = `field-${place}`;
  const label = element("label", "", given(column.name, 300));
  label.htmlFor = id;
  if (column.unit) label.append(element("span", "unit", " in ", given(column.unit)));
  const message = element("p", "message");
  message.id = `${id}-message`;
  message.hidden = true;
  const maker = { number: numberInput, flag: flagInput, category: wordInput, date: dateInput }[column.kind] ?? textInput;
  const input = maker(column, id, () => changed());
  const box = element("div", column.kind === "text" ? "field wide" : "field", label, ...input.elements, message);
  for (const one of input.elements) one.querySelector?.("select, input:not([type=range])");
  const main = box.querySelector(`#${id}`);
  main.setAttribute("aria-describedby", message.id);

  function changed() {
    box.classList.toggle("changed", JSON.stringify(input.cell()) !== start);
    onChange();
  }
  input.set(column.default);
  const start = JSON.stringify(input.cell());
  return {
    column,
    box,
    cell: input.cell,
    isChanged: () => JSON.stringify(input.cell()) !== start,
    set(cell) {
      input.set(cell);
      box.classList.toggle("changed", JSON.stringify(input.cell()) !== start);
    },
    tell(trouble, status) {
      box.classList.remove("unusual", "refused");
      message.hidden = !trouble;
      message.textContent = trouble ? trouble.because : "";
      if (trouble) box.classList.add(status);
      main.toggleAttribute("aria-invalid", false);
      if (trouble && status === "refused") main.setAttribute("aria-invalid", "true");
    },
    matches: (wanted) => column.name.toLowerCase().includes(wanted),
  };
}

function numberInput(column, id, onChange) {
  const input = element("input");
  Object.assign(input, { id, type: "text", inputMode: "decimal", spellcheck: false });
  const [low, high] = column.usual;
  const hasRange = low !== null && high !== null && Number.isFinite(high - low) && high > low;
  const step = hasRange ? stepOf(low, high, column.is_whole) : 1;
  const slider = element("input");
  const show = () => {
    const value = Number(input.value);
    if (hasRange && input.value.trim() !== "" && Number.isFinite(value)) slider.value = value;
  };
  const move = (value) => {
    input.value = tidy(value, step);
    show();
    onChange();
  };
  input.addEventListener("input", () => {
    show();
    onChange();
  });
  input.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    const text = input.value.trim();
    if (by === undefined || (text !== "" && !PLAIN.test(text))) return;
    event.preventDefault();
    move((text === "" ? low ?? 0 : Number(text)) + by * step);
  });
  const elements = [input];
  if (hasRange) {
    // The field itself goes up and down by arrow keys, so the slider needs no stop of its own on the way of Tab.
    Object.assign(slider, { type: "range", min: low, max: high, step: "any", tabIndex: -1 });
    slider.setAttribute("aria-label", `${column.name}, slider`);
    slider.addEventListener("input", () => {
      const at = Number(slider.value);
      input.value = tidy(at >= high ? high : low + Math.round((at - low) / step) * step, step);
      onChange();
    });
    const ends = element("div", "range", element("span", "", amount(low)), element("span", "", amount(high)));
    ends.setAttribute("aria-hidden", "true");
    elements.push(slider, ends);
  }
  return {
    elements,
    cell() {
      const text = input.value.trim();
      if (text === "") return null;
      return PLAIN.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
    },
    set(cell) {
      input.value = cell ?? "";
      show();
    },
  };
}

/** A step of 1, 2 or 5 times a power of ten: about a hundredth of the range. */
function stepOf(low, high, isWhole) {
  const rough = (high - low) / 100;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? power;
  return isWhole ? Math.max(1, Math.round(step)) : step;
}

function tidy(value, step) {
  const digits = Math.min(Math.max(0, -Math.floor(Math.log10(step))), 12);
  return String(Number(value.toFixed(digits)));
}

function flagInput(column, id, onChange) {
  const select = options(id, [["", "(missing)"], ["1", column.words[0]], ["0", column.words[1]]]);
  select.addEventListener("change", onChange);
  return {
    elements: [select],
    cell: () => (select.value === "" ? null : select.value === "1"),
    set(cell) {
      const isTrue = cell === true || cell === 1 || cell === "1" || cell === column.words[0];
      select.value = cell === null || cell === undefined ? "" : isTrue ? "1" : "0";
    },
  };
}

function wordInput(column, id, onChange) {
  if (column.levels.length === 0 || column.levels.length > MOST_OPTIONS) return typedWord(column, id, onChange);
  // Values are places, so that a level may be any word, the empty one and "missing" among them.
  const levels = column.levels.map((level, place) => [String(place), level]);
  const select = options(id, [["", "(missing)"], ...levels, ["other", "another word …"]]);
  const other = element("input", "other");
  other.setAttribute("aria-label", `${column.name}, another word`);
  other.hidden = true;
  select.addEventListener("change", () => {
    other.hidden = select.value !== "other";
    if (!other.hidden) other.focus();
    onChange();
  });
  other.addEventListener("input", onChange);
  return {
    elements: [select, other],
    cell() {
      if (select.value === "other") return other.value === "" ? null : other.value;
      return select.value === "" ? null : column.levels[Number(select.value)];
    },
    set(cell) {
      const place = column.levels.indexOf(cell);
      const isOther = place < 0 && cell !== null && cell !== undefined;
      select.value = isOther ? "other" : place < 0 ? "" : String(place);
      other.value = isOther ? cell : "";
      other.hidden = !isOther;
    },
  };
}

function typedWord(column, id, onChange) {
  const input = element("input");
  Object.assign(input, { id, type: "text", spellcheck: false });
  const list = element("datalist");
  list.id = `${id}-levels`;
  for (const level of column.levels) list.append(Object.assign(element("option"), { value: level }));
  input.setAttribute("list", list.id);
  input.addEventListener("input", onChange);
  return {
    elements: [input, list],
    cell: () => (input.value === "" ? null : input.value),
    set(cell) {
      input.value = cell ?? "";
    },
  };
}

function dateInput(column, id, onChange) {
  const input = element("input");
  Object.assign(input, { id, type: column.has_time ? "datetime-local" : "date", step: column.has_time ? 60 : 1 });
  input.addEventListener("input", onChange);
  return {
    elements: [input],
    cell: () => (input.value === "" ? null : input.value),
    set(cell) {
      input.value = cell ?? "";
    },
  };
}

function textInput(column, id, onChange) {
  const area = element("textarea");
  Object.assign(area, { id, rows: 3 });
  area.addEventListener("input", onChange);
  return {
    elements: [area],
    // A text that is empty is a text; only the form's start says that it is missing.
    cell: () => (area.value === "" ? null : area.value),
    set(cell) {
      area.value = cell ?? "";
    },
  };
}

function options(id, pairs) {
  const select = element("select");
  select.id = id;
  for (const [value, text] of pairs) {
    const letters = Array.from(text);
    const shown = letters.length > 80 ? `${letters.slice(0, 79).join("")}…` : text;
    select.append(Object.assign(element("option", "", shown), { value, dir: "auto" }));
  }
  return select;
}
