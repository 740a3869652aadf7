// A change that was drawn with hand or key: asked once in the dialog, sent to the service, told in its words.
import { forget, mayAllow } from "./board-leave.js";
import { place, words } from "./board-scale.js";
import { note, post } from "./board-send.js";

export class Changes {
  constructor(state, dialog, voice) {
    Object.assign(this, { state, dialog, voice, busy: false });
    this.error = dialog.querySelector("[role=alert]");
    dialog.querySelector("[value=no]").addEventListener("click", () => this.letGo());
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); this.letGo(); });
    dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    dialog.addEventListener("click", (event) => this.take(event.target.closest("[data-take]")));
  }
  say(text) { this.voice.textContent = text; }
  word(name) { return this.dialog.dataset[`word${name}`]; }

  // kind: assign, move or extend; element: the bar or request; row: where it was dropped; from, to: minutes.
  async ask(kind, element, row, from, to) {
    if (this.busy) return;
    this.busy = true;
    Object.assign(this, { kind, element, row, from, to });
    element.classList.add("is-sent");
    const { scale } = this.state;
    this.error.hidden = true;
    this.dialog.querySelector("h2").textContent = this.word(kind[0].toUpperCase() + kind.slice(1));
    const where = row?.querySelector(".board-name").firstElementChild?.textContent ?? row?.textContent ?? "";
    const when = kind === "assign" ? "" : `${words(scale.moment(from))} – ${words(scale.moment(to))}`;
    this.dialog.querySelector(".board-what").textContent = `${element.querySelector("b").textContent} ${when} ${where}`;
    const choices = this.dialog.querySelector(".board-choices");
    choices.replaceChildren();
    this.dialog.querySelector(".board-why").hidden = kind === "assign";
    forget(this.dialog);
    if (kind === "assign" && !(await this.fill(choices))) return;
    this.dialog.showModal();
    this.dialog.querySelector("[value=yes]").focus();
  }
  async fill(choices) {
    const asked = new URLSearchParams({ request: this.element.dataset.request });
    if (this.row) asked.set(this.state.board.dataset.rows === "cars" ? "vehicle" : "driver", this.row.dataset.row);
    try {
      const answer = await fetch(`${choices.dataset.address}?${asked}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      choices.replaceChildren(...read.body.childNodes);
      return true;
    } catch {
      this.refuse(this.word("Offline"));
      return false;
    }
  }
  take(button) {
    if (!button) return;
    this.dialog.querySelector("[name=vehicle_id]").value = button.dataset.take;
    this.send();
  }
  async send() {
    if (this.sending) return;
    this.sending = true;
    const said = await post(this, this.word("Offline"));
    this.sending = false;
    if (!said) await this.done();
    else if (!mayAllow(this.dialog, this.error, said)) await this.refuse(said.message);
  }
  async done() {
    const told = `${this.word("Done")} ${this.dialog.querySelector(".board-what").textContent}`;
    this.close();
    await this.state.refresh();
    this.say(told);
  }
  // The refusal stands where it was asked: at the bar, which springs back; the board shows what is so now.
  async refuse(message) {
    const box = this.element.getBoundingClientRect();
    this.close();
    await this.state.refresh().catch(() => {});
    note(box, message);
  }
  letGo() {
    this.close();
    this.say(this.word("LetGo"));
  }
  close() {
    this.busy = false;
    if (this.dialog.open) this.dialog.close();
    this.element?.classList.remove("is-sent", "is-carried");
    if (this.element?.dataset.trip) {
      place(this.element, this.state.scale, Number(this.element.dataset.s), Number(this.element.dataset.e));
      this.home?.append(this.element);
    }
    this.home = null;
  }
}
