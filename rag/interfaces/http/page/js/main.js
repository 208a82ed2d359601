// The page begins here: who is there, what the address names, and which pane is seen.

import { button, fill, h, notice } from "./dom.js";
import { Library } from "./library.js";
import { applyTheme, begin } from "./session.js";
import { Talk } from "./talk.js";
import { Viewer } from "./viewer.js";
import { t } from "./words.js";

const app = document.getElementById("app");
const PANES = ["library", "talk", "viewer"];

function showPane(name) {
  app.dataset.pane = name;
  for (const tab of document.querySelectorAll("#tabs button")) tab.setAttribute("aria-current", String(tab.dataset.pane === name));
}

function buildTabs() {
  fill(document.getElementById("tabs"), PANES.map((name) => button(t(name), () => showPane(name), { kind: "tab", data: { pane: name } })));
  showPane("talk");
}

/** The address says what is seen, so that a reload and a link show it again. */
const address = {
  conversation: "",
  view: null,
  write() {
    const path = this.conversation ? `/c/${encodeURIComponent(this.conversation)}` : this.view ? `/v/${this.view.filing.slice(0, 16)}` : "/";
    const query = new URLSearchParams();
    if (this.view) {
      if (this.conversation) query.set("v", this.view.filing.slice(0, 16));
      query.set("p", this.view.page);
      if (this.view.end !== undefined) query.set("c", `${this.view.start}-${this.view.end}`);
      if (this.view.mark) query.set("m", this.view.mark);
    }
    const search = query.toString();
    history.replaceState(null, "", path + (search ? `?${search}` : ""));
  },
};

function named() {
  const [, kind, id] = location.pathname.split("/");
  const query = new URLSearchParams(location.search);
  const range = /^(\d+)-(\d+)$/.exec(query.get("c") ?? "");
  return {
    conversation: kind === "c" ? decodeURIComponent(id ?? "") : "",
    filing: /^[0-9a-f]{8,64}$/.exec((kind === "v" ? id : query.get("v")) ?? "")?.[0] ?? "",
    page: Number(query.get("p")) || null,
    range: range ? [Number(range[1]), Number(range[2])] : null,
    mark: query.get("m") ?? "",
  };
}

async function start() {
  applyTheme();
  document.body.prepend(h("a", { class: "skip", href: "#question", onclick: (event) => { event.preventDefault(); showPane("talk"); document.getElementById("question").focus(); } }, t("skip")));
  document.title = `${t("title")} · ${t("tagline")}`;
  buildTabs();
  const session = await begin();
  const asked = named();
  const viewer = new Viewer(document.getElementById("viewer"), {
    opened: (view) => { address.view = view; app.classList.toggle("reading", Boolean(view)); address.write(); },
    shown: () => { app.classList.add("reading"); showPane("viewer"); },
  });
  const show = (citation, answer) => viewer.cite(citation, answer.citations.includes(citation) ? answer.citations : [citation], answer.turn ? `${answer.turn}.${citation.marker}` : "").catch(told);
  const talk = new Talk(document.getElementById("talk"), {
    open: show,
    moved: (id) => { address.conversation = id; address.write(); },
    asked: () => library.loadHistory().catch(told),
  });
  const library = new Library(document.getElementById("library"), session, {
    begin: () => { talk.begin(); showPane("talk"); },
    resume: (id) => { showPane("talk"); talk.resume(id).catch(told); },
    forgotten: (id) => { if (id === null || id === talk.conversation) talk.begin(); },
    open: (filing) => viewer.open(filing.id).catch(told),
    only: (scope) => { talk.only(scope); showPane("talk"); },
    view: (name, filing) => { showPane("talk"); talk.view(name, filing); },
    loaded: (filings) => talk.suggest(starters(filings)),
  });
  listen(talk, viewer);
  await library.load();
  await restore(asked, talk, viewer, show);
}

/** What the address named before: the conversation, then the page that was open, painted as it was. */
async function restore(asked, talk, viewer, show) {
  if (asked.conversation) await talk.resume(asked.conversation).catch(told);
  const [turn, marker] = asked.mark.split(".").map(Number);
  const answer = asked.mark && talk.turns.find((one) => one.turn === turn);
  const citation = answer && answer.citations.find((one) => one.marker === marker);
  if (citation) await show(citation, answer);
  else if (asked.filing) await viewer.open(asked.filing, asked.page, asked.range).catch(told);
}

/** Questions about the companies at hand, which any report of theirs answers. */
function starters(filings) {
  const reports = filings.filter((one) => ["annual", "half_year", "quarterly"].includes(one.kind));
  return reports.slice(0, 3).map((one, i) => `${one.issuer.short_name || one.issuer.name}${["营业收入是多少，同比增长多少？", "研发投入占营业收入的比例是多少？", "归母净利润为什么变动？"][i]}`);
}

function listen(talk, viewer) {
  window.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "Escape" && talk.running) talk.stop();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const act = { "/": () => { showPane("talk"); talk.field.focus(); }, f: () => viewer.filing && viewer.finder.field.focus(), "[": () => viewer.turn(-1), "]": () => viewer.turn(1) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function told(error) {
  notice(error.message || t("offline"));
}

start().catch((error) => told(error));
