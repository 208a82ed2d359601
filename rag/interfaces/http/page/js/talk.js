// The conversation: questions, answers as they come, and the field to ask in.

import { events, get, post, Refused } from "./api.js";
import { drawn } from "./answer.js";
import { drawnCard } from "./card.js";
import { button, fill, h } from "./dom.js";
import { actions } from "./actions.js";
import { t } from "./words.js";

export class Talk {
  /** `acts`: open(citation, answer), moved(conversation) when the address changes, asked() after an answer. */
  constructor(root, acts) {
    this.root = root;
    this.acts = acts;
    this.conversation = "";
    this.turns = [];
    this.scope = null;
    this.build();
  }

  build() {
    this.list = h("div", { class: "turns", id: "turns" });
    this.field = h("textarea", { id: "question", rows: 2, placeholder: t("placeholder"), "aria-label": t("ask"), onkeydown: (event) => this.onKey(event), oninput: () => this.grow() });
    this.send = button(t("send"), () => this.submit(), { kind: "strong send" });
    this.scoped = h("div", { class: "scope" });
    this.form = h("form", { class: "asking", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.scoped, h("div", { class: "row" }, this.field, this.send),
      h("p", { class: "soft small hints" }, h("span", {}, t("sendHint")), h("span", {}, t("disclaimer"))));
    fill(this.root, this.list, this.form);
    this.drawScope();
    this.welcome();
  }

  welcome() {
    fill(this.list, h("div", { class: "welcome" }, h("h1", {}, t("welcome")), h("p", { class: "soft" }, t("welcomeText")), this.starters()));
  }

  starters() {
    return h("div", { class: "starters" }, (this.examples ?? []).map((one) => button(one, () => this.ask(one), { kind: "chip" })));
  }

  /** Questions that the loaded filings can answer, to begin with. */
  suggest(examples) {
    this.examples = examples;
    if (!this.turns.length && !this.conversation) this.welcome();
  }

  /** A new conversation. */
  begin() {
    this.stop();
    this.conversation = "";
    this.turns = [];
    this.welcome();
    this.acts.moved("");
    this.field.focus();
  }

  /** An earlier conversation, as it was; old citations say what became of their places. */
  async resume(id) {
    this.stop();
    const whole = await get(`/api/conversations/${encodeURIComponent(id)}`);
    this.conversation = whole.id;
    this.turns = [];
    fill(this.list);
    for (const turn of whole.turns) this.finish(this.place(turn.question), { ...turn.answer, turn: turn.id });
    this.acts.moved(whole.id);
    this.list.lastElementChild?.scrollIntoView({ block: "start" });
  }

  only(scope) {
    this.scope = scope;
    this.drawScope();
    this.field.focus();
  }

  drawScope() {
    fill(this.scoped, this.scope
      ? h("span", { class: "chip still" }, `${t("scopeOne")}：${this.scope.name} `, button(t("clearScope"), () => this.only(null), { sign: "✕", kind: "icon small" }))
      : h("span", { class: "soft small" }, t("scopeAll")));
  }

  onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.submit();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(200, this.field.scrollHeight)}px`;
  }

  submit() {
    if (this.running) {
      this.stop();
      return;
    }
    const question = this.field.value.trim();
    if (!question) return;
    this.field.value = "";
    this.grow();
    this.ask(question);
  }

  stop() {
    this.running?.abort();
  }

  async ask(question, filters = {}) {
    this.stop();
    const running = this.running = new AbortController();
    const place = this.place(question);
    this.busy(true);
    place.turn.scrollIntoView({ block: "start", behavior: "smooth" });
    const body = { question, conversation: this.conversation, filing: this.scope?.filing ?? "", ...filters };
    try {
      await this.follow("/api/ask/stream", body, place, running.signal);
    } catch (error) {
      this.failed(place, error, () => { place.turn.remove(); this.ask(question, filters); });
    } finally {
      if (this.running === running) {
        this.running = null;
        this.busy(false);
      }
    }
  }

  /** Draws what comes of a question as it comes. */
  async follow(path, body, place, signal) {
    let spoken = "";
    let ended = false;
    for await (const [name, value] of events("POST", path, body, signal)) {
      if (name === "sources") place.state.textContent = t("foundPassages", { n: value.length });
      else if (name === "sentence") {
        spoken += value.text;
        place.coming.textContent = spoken.replace(/\[\d+\]/g, "");
      } else if (name === "error") throw new Refused(0, value.kind, value.message);
      else if (name === "answer") {
        ended = true;
        this.finish(place, value);
        this.recorded(value);
      }
    }
    if (!ended) throw new Refused(0, "cut", t("offline"));
  }

  failed(place, error, again) {
    const stopped = error.name === "AbortError";
    place.answer.removeAttribute("aria-busy");
    place.state.textContent = "";
    place.answer.append(h("p", { class: stopped ? "soft" : "wrong", role: "status" },
      stopped ? t("stopped") : error instanceof Refused ? error.message : t("offline"), " ",
      button(t("again"), again, { kind: "plain" })));
  }

  /** The place of a question and its answer to come. */
  place(question) {
    this.list.querySelector(".welcome")?.remove();
    const state = h("p", { class: "state soft", role: "status" }, t("searching"));
    const coming = h("p", { class: "coming-text" });
    const answer = h("div", { class: "reply", "aria-live": "polite", "aria-busy": "true" }, state, coming);
    const turn = h("article", { class: "turn" }, h("h2", { class: "question" }, question), answer);
    this.list.append(turn);
    return { turn, answer, state, coming };
  }

  finish(place, answer) {
    this.turns.push(answer);
    place.answer.removeAttribute("aria-busy");
    place.turn.dataset.turn = answer.turn ?? "";
    fill(place.answer,
      drawn(answer, { open: (citation) => this.acts.open(citation, answer), ask: (question, filters) => this.ask(question, filters) }),
      actions(answer, () => this.turns.map((one) => one.turn).filter(Boolean)));
  }

  /** A summary of a filing, or its key figures, in the place of an answer. */
  async view(name, filing) {
    this.stop();
    const named = `${filing.issuer.short_name || filing.issuer.name}${filing.period} ${filing.title || filing.file_name}`;
    const place = this.place(name === "card" ? `${named} · ${t("card")}` : t("summaryOf", { name: named }));
    place.turn.scrollIntoView({ block: "start" });
    try {
      if (name === "card") {
        const card = await drawnCard(filing, (figure, all) => this.acts.open(figure, { citations: all }));
        place.answer.removeAttribute("aria-busy");
        fill(place.answer, card);
        return;
      }
      const answer = await post("/api/summarize", { filing: filing.id, conversation: this.conversation });
      this.finish(place, answer);
      this.recorded(answer);
    } catch (error) {
      this.failed(place, error, () => { place.turn.remove(); this.view(name, filing); });
    }
  }

  /** Follows where an answer was recorded. */
  recorded(answer) {
    if (answer.conversation && answer.conversation !== this.conversation) {
      this.conversation = answer.conversation;
      this.acts.moved(answer.conversation);
    }
    this.acts.asked();
  }

  busy(on) {
    this.send.textContent = on ? t("stop") : t("send");
    this.send.classList.toggle("stopping", on);
  }
}
