// The left side: filings by issuer and period, uploads, earlier conversations.

import { get, remove } from "./api.js";
import { button, confirmed, fill, h, notice } from "./dom.js";
import { controls } from "./session.js";
import { Uploads } from "./uploads.js";
import { switchLanguage, t } from "./words.js";

const PERIODIC = ["annual", "half_year", "quarterly", "annual_summary", "earnings_flash"]; // print key figures

export class Library {
  /** `acts`: begin(), resume(id), open(filing), only(scope), view(name, filing), loaded(filings). */
  constructor(root, session, acts) {
    this.session = session;
    this.acts = acts;
    this.may = (scope) => session.scopes.includes(scope) || session.scopes.includes("admin");
    this.filings = h("div", { class: "filings" });
    this.history = h("div", { class: "history" });
    const uploads = this.may("ingest") ? new Uploads(session, () => this.loadFilings()) : null;
    fill(root,
      h("header", { class: "brand" }, h("a", { href: "/", class: "name" }, h("img", { src: "/static/icon.svg", alt: "", width: 26, height: 26 }), h("span", {}, t("title")), h("small", { class: "soft" }, t("tagline"))),
        h("span", { class: "row" }, button(t("language"), switchLanguage, { sign: t("language") === "English" ? "En" : "中", kind: "icon" }), controls(session))),
      button(t("newTalk"), () => acts.begin(), { kind: "strong full" }),
      h("section", { "aria-label": t("library"), class: "grow" }, h("h2", {}, t("library")), uploads?.element, this.filings),
      h("section", { "aria-label": t("history") }, h("h2", {}, t("history")), this.history),
      h("footer", { class: "soft small" },
        session.evaluation ? h("p", {}, h("a", { href: "/evaluation", target: "_blank", rel: "noopener" }, t("evaluation"))) : null,
        session.open ? h("p", {}, t("openNotice")) : null,
        h("p", {}, t("keyboard"))));
  }

  async load() {
    await Promise.all([this.loadFilings(), this.loadHistory()]);
  }

  async loadFilings() {
    const { filings } = await get("/api/filings");
    fill(this.filings, filings.length ? byIssuer(filings).map((own) => this.issuer(own)) : h("p", { class: "soft" }, t("noFilings")));
    this.acts.loaded(filings);
  }

  issuer(own) {
    const named = own.find((one) => one.issuer.short_name)?.issuer ?? own[0].issuer;
    const sorted = [...own].sort((a, b) => b.period.localeCompare(a.period));
    return h("details", { open: true, class: "issuer" },
      h("summary", {}, named.short_name || named.name || t("noIssuer"), " ", h("small", { class: "soft" }, named.stock_codes[0] ?? "")),
      h("ul", {}, sorted.map((one) => this.filing(one))));
  }

  filing(one) {
    const name = one.title || one.file_name;
    return h("li", { class: "filing", data: { filing: one.id } },
      h("button", { type: "button", class: "open", title: one.file_name, onclick: () => this.acts.open(one) },
        h("span", {}, h("b", {}, one.period || t("noPeriod")), " ", t("kinds")[one.kind]),
        h("small", { class: "soft" }, name, " · ", t("pages", { n: one.page_count })),
        one.warnings.length ? h("small", { class: "warn-sign", title: one.warnings.join("\n") }, "⚠ ", one.warnings[0]) : null),
      h("details", { class: "menu" }, h("summary", { class: "icon", "aria-label": `${t("more")}：${name}` }, "⋯"),
        h("div", { class: "menu-list" },
          button(t("askOnly"), () => this.acts.only({ filing: one.id, name: `${one.issuer.short_name || one.issuer.name} ${name}` }), { kind: "plain" }),
          button(t("summary"), () => this.acts.view("summary", one), { kind: "plain" }),
          PERIODIC.includes(one.kind) ? button(t("card"), () => this.acts.view("card", one), { kind: "plain" }) : null,
          this.may("admin") ? button(t("remove"), () => this.removeFiling(one, name), { kind: "plain danger" }) : null)));
  }

  async removeFiling(one, name) {
    if (!(await confirmed(t("removeSure", { name }), t("yes"), t("no")))) return;
    try {
      await remove(`/api/filings/${one.id}`);
      await this.loadFilings();
    } catch (error) { notice(error.message); }
  }

  async loadHistory() {
    const { conversations } = await get("/api/conversations");
    fill(this.history, conversations.length ? h("ul", {}, conversations.map((one) => this.conversation(one))) : h("p", { class: "soft small" }, t("noHistory")),
      conversations.length ? h("p", { class: "row soft small" }, t("keptDays", { n: this.session.history_days }), button(t("forgetAll"), () => this.forgetAll(), { kind: "plain small" })) : null);
  }

  conversation(one) {
    return h("li", {},
      h("button", { type: "button", class: "open", data: { conversation: one.id }, onclick: () => this.acts.resume(one.id) }, one.title),
      button(t("forget"), () => this.forget(one), { sign: "✕", kind: "icon small" }));
  }

  async forget(one) {
    if (!(await confirmed(t("forgetSure"), t("yes"), t("no")))) return;
    await remove(`/api/conversations/${encodeURIComponent(one.id)}`);
    this.acts.forgotten(one.id);
    await this.loadHistory();
  }

  async forgetAll() {
    if (!(await confirmed(t("forgetAllSure"), t("yes"), t("no")))) return;
    await remove("/api/conversations");
    this.acts.forgotten(null);
    await this.loadHistory();
  }
}

/** Filings of one issuer together: they share a code or a name, though a filing may not say both. */
function byIssuer(filings) {
  const groups = [];
  for (const one of filings) {
    const known = [one.issuer.name, one.issuer.short_name, ...one.issuer.stock_codes].filter(Boolean);
    const group = groups.find((each) => known.some((name) => each.known.has(name)));
    if (group) {
      group.own.push(one);
      known.forEach((name) => group.known.add(name));
    } else groups.push({ known: new Set(known), own: [one] });
  }
  return groups.map((each) => each.own);
}

// A menu closes when something else is clicked or chosen.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest(".menu-list")) menu.open = false;
  }
});
