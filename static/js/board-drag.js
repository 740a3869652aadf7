// By hand: a waiting request onto a row, a bar to another time or row, its right edge to a later end.
import { place, times } from "./board-scale.js";

const NEAR = 9;
const EDGE = 60;

export const byHand = (area, state, changes) => {
  let held = null;
  const start = (event) => {
    const element = event.target.closest(".trip-bar, .wish");
    if (!element || event.button !== 0 || changes.busy || matchMedia("(max-width: 640px)").matches) return;
    const own = times(element, state.scale);
    const atEdge = !element.dataset.request && element.getBoundingClientRect().right - event.clientX < NEAR;
    held = { element, ...own, own, atEdge, x: event.clientX, y: event.clientY, home: element.parentElement };
    held.row = element.closest(".board-row");
  };
  const lift = () => {
    if (held.back) { stop(); changes.say(changes.word("Back")); return false; }
    held.lifted = true;
    held.element.classList.add("is-carried");
    return true;
  };
  const over = (event) => {
    for (const row of area.querySelectorAll(".is-target")) row.classList.remove("is-target");
    const row = document.elementsFromPoint(event.clientX, event.clientY).map((each) => each.closest(".board-row")).find(Boolean);
    row?.classList.add("is-target");
    return row;
  };
  const move = (event) => {
    if (!held) return;
    if (!held.lifted && (Math.hypot(event.clientX - held.x, event.clientY - held.y) < 5 || !lift())) return;
    event.preventDefault();
    if (event.clientY > innerHeight - EDGE) scrollBy(0, 12);
    if (event.clientY < EDGE * 3) scrollBy(0, -12);
    const { element, own } = held;
    if (element.dataset.request) {
      held.row = over(event);
      element.style.transform = `translate(${event.clientX - held.x}px, ${event.clientY - held.y}px)`;
      return;
    }
    const { scale } = state;
    const shift = ((event.clientX - held.x) / held.home.clientWidth) * 100;
    if (held.atEdge || held.fixed) held.to = Math.max(scale.minute(scale.percent(own.to) + shift), own.from + scale.step);
    else {
      const row = over(event);
      if (row && row !== held.row) { held.row = row; row.querySelector(".board-line").append(element); }
      if (own.from >= 0 && Math.abs(event.clientX - held.x) > 4) held.from = scale.minute(scale.percent(own.from) + shift);
      held.to = held.from + (own.to - own.from);
    }
    place(element, scale, held.from, held.to);
  };
  const stop = () => {
    if (!held) return null;
    const was = held;
    held = null;
    was.element.style.transform = "";
    was.element.classList.remove("is-carried");
    for (const row of area.querySelectorAll(".is-target")) row.classList.remove("is-target");
    return was;
  };
  const back = (was) => {
    if (was.element.dataset.request) return;
    was.home.append(was.element);
    place(was.element, state.scale, Number(was.element.dataset.s), Number(was.element.dataset.e));
  };
  const drop = () => {
    const was = stop();
    if (!was?.lifted) return;
    area.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
    setTimeout(() => area.dispatchEvent(new MouseEvent("click")), 0);
    const { element, own } = was;
    if (element.dataset.request) { if (was.row) changes.ask("assign", element, was.row, own.from, own.to); return; }
    const moved = was.from !== own.from || was.row !== was.home.closest(".board-row");
    if (!moved && was.to === own.to) { back(was); return; }
    changes.home = was.home;
    changes.ask(!moved && was.to > own.to ? "extend" : "move", element, was.row, was.from, was.to);
  };
  area.addEventListener("pointerdown", start);
  area.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("pointermove", move);
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", () => { const was = stop(); if (was) back(was); });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && held) { back(stop()); changes.say(changes.word("LetGo")); } });
  area.addEventListener("click", (event) => {
    const wish = event.target.closest(".wish");
    if (!wish || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const own = times(wish, state.scale);
    changes.ask("assign", wish, null, own.from, own.to);
  });
};
