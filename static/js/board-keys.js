// By key: arrows go from trip to trip; Space picks one up, arrows move it, Enter drops it, Escape lets it go.
import { place, times, words } from "./board-scale.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const shown = (rows) => [...rows].filter((row) => row.querySelector(".trip-bar"));
const middle = (bar) => { const box = bar.getBoundingClientRect(); return box.left + box.width / 2; };

const next = (area, bar, [across, down]) => {
  const all = [...area.querySelectorAll(".trip-bar")];
  if (across) return all[all.indexOf(bar) + across];
  const rows = shown(area.querySelectorAll(".board-row"));
  const row = rows[rows.indexOf(bar.closest(".board-row")) + down];
  if (!row) return undefined;
  const gap = (each) => Math.abs(middle(each) - middle(bar));
  return [...row.querySelectorAll(".trip-bar")].sort((one, other) => gap(one) - gap(other))[0];
};

export const byKey = (area, state) => {
  area.addEventListener("keydown", (event) => {
    const bar = event.target.closest(".trip-bar");
    if (!bar || !ARROWS[event.key] || event.defaultPrevented || state.carried) return;
    event.preventDefault();
    const link = next(area, bar, ARROWS[event.key])?.querySelector("a");
    if (!link) return;
    event.target.tabIndex = -1;
    link.tabIndex = 0;
    link.focus();
    link.scrollIntoView({ block: "nearest" });
  }, { capture: false });
};

byKey.carrying = (area, state, changes) => {
  const tell = (carried) => {
    const { scale } = state;
    const row = carried.row?.querySelector(".board-name").firstElementChild?.textContent ?? carried.row?.innerText ?? "";
    changes.say(`${changes.word("At")} ${row} ${words(scale.moment(carried.from))} – ${words(scale.moment(carried.to))}`);
  };
  const pick = (element) => {
    const own = times(element, state.scale);
    if (own.back) { changes.say(changes.word("Back")); return; }
    state.carried = { element, ...own, own, home: element.parentElement, row: element.closest(".board-row") };
    element.classList.add("is-carried");
    changes.say(`${changes.word("Picked")} ${element.textContent}${own.fixed ? ` ${changes.word("Fixed")}` : ""}`);
  };
  const target = (carried, down) => {
    const rows = [...area.querySelectorAll(".board-row")];
    const row = rows[Math.min(Math.max(rows.indexOf(carried.row) + down, 0), rows.length - 1)];
    carried.row?.classList.remove("is-target");
    row.classList.add("is-target");
    row.scrollIntoView({ block: "nearest" });
    carried.row = row;
    if (carried.element.dataset.request) return;
    row.querySelector(".board-line").append(carried.element);
    carried.element.querySelector("a").focus();
  };
  const step = (carried, [across, down], end) => {
    const { scale } = state;
    if (down && !carried.fixed) target(carried, down);
    if (across && !carried.element.dataset.request) {
      const length = carried.to - carried.from;
      if (end || carried.fixed) carried.to = Math.max(scale.shift(carried.to, across), carried.from + scale.step);
      else { carried.from = scale.shift(carried.from, across); carried.to = carried.from + length; }
      place(carried.element, scale, carried.from, carried.to);
    }
    tell(carried);
  };
  const leave = (carried) => {
    carried.element.classList.remove("is-carried");
    carried.row?.classList.remove("is-target");
    state.carried = null;
  };
  const drop = (carried) => {
    leave(carried);
    const { element, own } = carried;
    changes.home = element.dataset.request ? null : carried.home;
    if (element.dataset.request) { if (carried.row) changes.ask("assign", element, carried.row, own.from, own.to); return; }
    const moved = carried.from !== own.from || carried.row !== carried.home.closest(".board-row");
    if (!moved && carried.to === own.to) { changes.element = element; changes.letGo(); return; }
    changes.ask(!moved && carried.to > own.to ? "extend" : "move", element, carried.row, carried.from, carried.to);
  };
  area.addEventListener("keydown", (event) => {
    const { carried } = state;
    const element = event.target.closest(".trip-bar, .wish");
    if (!carried && event.key === " " && element && !changes.busy) { event.preventDefault(); pick(element); }
    else if (carried && ARROWS[event.key]) { event.preventDefault(); step(carried, ARROWS[event.key], event.shiftKey); }
    else if (carried && event.key === "Enter") { event.preventDefault(); drop(carried); }
    else if (carried && event.key === "Escape") {
      event.preventDefault();
      leave(carried);
      Object.assign(changes, { element: carried.element, home: carried.element.dataset.request ? null : carried.home });
      changes.letGo();
    }
  }, { capture: true });
};
