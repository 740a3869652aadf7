// Puts every bar and block where its minutes are, and draws the hours behind them.
import { Scale, place } from "./board-scale.js";

const mark = (parent, left, name, text) => {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  made.style.left = `${left}%`;
  parent.append(made);
};

const hours = (board, scale) => {
  const head = board.querySelector(".board-scale");
  const rules = document.createElement("div");
  rules.className = "board-rules";
  const every = scale.days === 1 ? 60 : 240;
  for (let day = 0; day < scale.days; day += 1) {
    const date = scale.moment(day * 1440).slice(5, 10);
    if (scale.days > 1) mark(head, scale.percent(day * 1440), "board-day", date);
    mark(rules, scale.percent(day * 1440), "is-day", "");
    for (let minute = scale.first; minute < scale.last; minute += every) {
      const left = scale.percent(day * 1440 + minute);
      if (minute + every / 2 < scale.last) mark(head, left, "", scale.days === 1 ? `${minute / 60}:00` : `${minute / 60}`);
      if (minute > scale.first) mark(rules, left, "", "");
    }
  }
  if (board.dataset.now) mark(rules, scale.percent(Number(board.dataset.now)), "is-now", "");
  board.prepend(rules);
};

export const draw = (board) => {
  const scale = new Scale(board);
  hours(board, scale);
  for (const each of board.querySelectorAll("[data-s]")) place(each, scale, Number(each.dataset.s), Number(each.dataset.e));
  for (const link of board.querySelectorAll(".trip-bar a")) link.title = link.textContent;
  const first = board.querySelector(".trip-bar a");
  if (first) first.tabIndex = 0;
  return scale;
};
