// Reasons as bars with words, and past cases that are like the row.

import { amount, element, given } from "./words.js";

/** Reasons, the strongest first: to the right what raises the answer, to the left what lowers it. */
export function showReasons(place, reasons) {
  if (!reasons || reasons.length === 0) {
    place.replaceChildren(element("p", "quiet small", "No single column moves this answer away from that of typical rows."));
    return;
  }
  const most = Math.max(...reasons.map((one) => Math.abs(one.effect)));
  const list = element("ol", "reasons");
  for (const one of reasons) {
    const bar = element("span", "bar");
    bar.style.width = `${(100 * Math.abs(one.effect)) / most}%`;
    const track = element("div", "track", bar);
    track.setAttribute("aria-hidden", "true");
    list.append(element("li", one.direction, given(one.text, 300), track));
  }
  place.replaceChildren(list, element("p", "quiet small", "Compared with typical rows. It is what the model goes by, not what would happen if a cell were changed in the world."));
}

/** Past cases, the nearest first, with what became of them. */
export function showCases(place, schema, cases) {
  const list = element("ol", "cases");
  for (const one of cases) {
    const outcome = typeof one.outcome === "number" ? amount(one.outcome) : one.outcome;
    const line = element("li", "", given(schema.target, 60), ": ", element("b", "", given(outcome, 60)));
    line.append(element("span", "quiet", ` – ${Math.round(100 * (1 - one.distance))} % alike`));
    const told = one.differs.slice(0, 3).flatMap((name, at) => [at ? " · " : "", given(name, 40), " = ", given(one.cells[name] || "missing", 40)]);
    line.append(element("div", "quiet small", ...(told.length ? ["other: ", ...told] : ["alike in all that counts"])));
    list.append(line);
  }
  place.replaceChildren(cases.length ? list : element("p", "quiet small", "None."));
}
