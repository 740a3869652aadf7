// The dispatch board: draws it, and lets those who may move what is on it by hand or by key.
import { draw } from "./board-draw.js";
import { byHand } from "./board-drag.js";
import { byKey } from "./board-keys.js";
import { Changes } from "./board-change.js";

const area = document.getElementById("board-area");
const state = { scale: null, board: null };
const begin = () => {
  state.board = area.querySelector("[data-board]");
  state.scale = draw(state.board);
};
begin();
// Reads the page anew, so that the board shows what is so; the focus stays on the same trip or request.
state.refresh = async () => {
  const held = document.activeElement?.closest("[data-trip], [data-request]")?.dataset;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const read = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("board-area");
  if (!read) return;
  area.replaceChildren(...read.childNodes);
  begin();
  const key = held?.trip ? `[data-trip="${held.trip}"] a` : held?.request ? `[data-request="${held.request}"] a` : "";
  if (key) (area.querySelector(key) ?? area.querySelector(".trip-bar a"))?.focus();
};
byKey(area, state);
if (state.board.hasAttribute("data-may-move")) {
  const changes = new Changes(state, document.getElementById("board-dialog"), document.getElementById("board-says"));
  byHand(area, state, changes);
  byKey.carrying(area, state, changes);
}
