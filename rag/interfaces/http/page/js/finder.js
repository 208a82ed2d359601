// Words found in the filing that is shown.

import { get } from "./api.js";
import { button, h } from "./dom.js";
import { t } from "./words.js";

const PAUSE_MS = 250; // typing this long without a stop asks the server

export class Finder {
  constructor(viewer) {
    this.viewer = viewer;
    this.found = [];
    this.at = 0;
    this.field = h("input", { type: "search", class: "find", placeholder: t("find"), "aria-label": t("find"), maxlength: 200, oninput: () => this.later(), onkeydown: (event) => this.onKey(event) });
    this.count = h("span", { class: "soft small", role: "status" });
    this.element = h("div", { class: "finder" }, this.field, this.count,
      button(t("previous"), () => this.step(-1), { sign: "↑", kind: "icon" }), button(t("next"), () => this.step(1), { sign: "↓", kind: "icon" }));
  }

  marks() {
    return this.found.map((one, i) => ({ ...one, found: true, active: false, marker: `f${i}`, boxes: one.boxes }));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE_MS);
  }

  async look() {
    const words = this.field.value.trim();
    const filing = this.viewer.filing;
    if (!filing) return;
    const asked = words ? (await get(`/api/filings/${filing.id}/find?q=${encodeURIComponent(words)}`)).found : [];
    if (this.viewer.filing !== filing || this.field.value.trim() !== words) return;
    this.found = asked;
    this.at = 0;
    this.viewer.repaint();
    this.tell(words);
    if (asked.length) this.go();
  }

  onKey(event) {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      this.clear();
      this.viewer.scroll.focus();
    }
  }

  step(by) {
    if (!this.found.length) return;
    this.at = (this.at + by + this.found.length) % this.found.length;
    this.tell(this.field.value);
    this.go();
  }

  go() {
    this.viewer.goTo(this.found[this.at].page, `[data-marker="f${this.at}"]`);
  }

  tell(words) {
    const n = this.found.length;
    this.count.textContent = !words ? "" : n ? t("findCount", { i: this.at + 1, n }) : t("findNone");
  }

  clear() {
    this.field.value = "";
    this.found = [];
    this.count.textContent = "";
    this.viewer.repaint();
  }
}
