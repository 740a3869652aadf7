// Where a minute of the board stands, in percent of its line, and back. Each day shows its hours from first to last.
export class Scale {
  constructor(board) {
    this.days = Number(board.dataset.days);
    this.first = Number(board.dataset.first) * 60;
    this.last = Number(board.dataset.last) * 60;
    this.step = Number(board.dataset.step);
    this.start = new Date(board.dataset.start + "Z");
  }
  percent(minute) {
    const day = Math.min(Math.floor(minute / 1440), this.days);
    const inside = (minute - day * 1440 - this.first) / (this.last - this.first);
    return ((day + Math.min(Math.max(inside, 0), 1)) / this.days) * 100;
  }
  // The minute, to the board's step, at so many percent.
  minute(percent) {
    const along = (Math.min(Math.max(percent, 0), 99.999) / 100) * this.days;
    const day = Math.floor(along);
    return this.snap(day * 1440 + this.first + (along - day) * (this.last - this.first));
  }
  snap(minute) { return Math.round(minute / this.step) * this.step; }
  // One step on or back, over the hours that are not drawn.
  shift(minute, direction) {
    const moved = minute + direction * this.step;
    const day = Math.floor(moved / 1440) * 1440;
    if (moved - day >= this.last) return direction > 0 ? day + 1440 + this.first : day + this.last - this.step;
    if (moved - day < this.first) return direction > 0 ? day + this.first : day - 1440 + this.last - this.step;
    return moved;
  }
  // Wall-clock time as the services write it; the board knows no zones.
  moment(minute) { return new Date(this.start.getTime() + minute * 60000).toISOString().slice(0, 16); }
  minuteOf(moment) { return Math.round((new Date(moment + "Z") - this.start) / 60000); }
}

export const place = (element, scale, from, to) => {
  const left = scale.percent(from);
  element.style.left = `${left}%`;
  element.style.width = `${Math.max(scale.percent(to) - left, 0)}%`;
  element.classList.add("is-placed");
};

// "05-09 08:30" of a moment.
export const words = (moment) => moment.slice(5).replace("T", " ");

// What a bar or a waiting request stands for: its own times in minutes, and what may be done with it.
export const times = (element, scale) => {
  const { from, due } = element.dataset;
  const fixed = element.matches(".is-out, .is-late");
  return { from: scale.minuteOf(from), to: scale.minuteOf(due), fixed, back: element.matches(".is-returned") };
};
