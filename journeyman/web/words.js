// Numbers and chances in words; elements whose text comes from data and never becomes markup.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0, useGrouping: "min2" });
const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });

/** A number for people: 12,346 · 0.1235. */
export function amount(value) {
  if (value === null || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toPrecision(3);
  return size >= 1e4 || Number.isInteger(value) ? whole.format(value) : short.format(value);
}

/** An amount with its sign: +64.9 · −3. */
export function signed(value) {
  if (value === null || !Number.isFinite(value)) return "not known";
  const plain = Math.abs(value) >= 100 ? whole.format(Math.abs(value)) : amount(Number(Math.abs(value).toPrecision(3)));
  return (value > 0 ? "+" : value < 0 ? "−" : "") + plain;
}

/** A chance as a share of 100: 23 % · under 1 %. */
export function percent(chance) {
  if (chance > 0 && chance < 0.005) return "under 1 %";
  if (chance < 1 && chance > 0.995) return "over 99 %";
  return `${Math.round(chance * 100)} %`;
}

/** A chance as a natural frequency: "of 100 such rows about 23". */
export function frequency(chance) {
  if (chance > 0 && chance < 0.005) {
    const of = chance < 0.0005 ? 10000 : 1000;
    const count = Math.round(chance * of);
    return count === 0 ? "of 10,000 such rows hardly one" : `of ${whole.format(of)} such rows about ${count}`;
  }
  if (chance < 1 && chance > 0.995) {
    const of = chance > 0.9995 ? 10000 : 1000;
    const count = Math.min(Math.round(chance * of), of);
    return count === of ? "of 10,000 such rows nearly all" : `of ${whole.format(of)} such rows about ${whole.format(count)}`;
  }
  return `of 100 such rows about ${Math.round(chance * 100)}`;
}

/** An element with a class and children; strings become text. */
export function element(tag, kind, ...children) {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...children);
  return made;
}

/** A text that comes from data: isolated, so that writing from right to left stays inside it. */
export function given(text, most = 120) {
  const letters = Array.from(String(text));
  const made = element("bdi", "", letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join(""));
  if (letters.length > most) made.title = String(text);
  return made;
}

/** An element of a drawing. */
export function drawn(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
