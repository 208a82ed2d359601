// The source: pages of one filing in a long scroll, the cited passage painted exactly.

import { get, post, Refused } from "./api.js";
import { button, fill, h, notice } from "./dom.js";
import { Finder } from "./finder.js";
import { Page } from "./page.js";
import { place, t } from "./words.js";

const NEAR = "400px"; // pages this far outside the window are made ready
const FURNITURE = 60; // characters of a running head or foot that may stand between two parts of one evidence
const ZOOMS = [0.6, 0.8, 1, 1.25, 1.5, 2, 2.5, 3];

export class Viewer {
  /** `opened` is told the address of what is shown. */
  constructor(root, { opened, shown }) {
    this.root = root;
    this.opened = opened;
    this.shown = shown;
    this.pages = new Map();
    this.zoom = 1;
    this.sizes = new ResizeObserver(() => this.resize());
    this.finder = new Finder(this);
    this.build();
  }

  build() {
    this.title = h("h2", { class: "source-title" });
    this.number = h("input", { class: "page-number", inputmode: "numeric", "aria-label": t("pageNumber"), onchange: () => this.turnTo(Number(this.number.value)) });
    this.count = h("span", { class: "soft small" });
    this.tools = h("div", { class: "tools", role: "toolbar", "aria-label": t("viewer") },
      button(t("previous"), () => this.turn(-1), { sign: "‹", kind: "icon" }), this.number, this.count,
      button(t("next"), () => this.turn(1), { sign: "›", kind: "icon" }),
      h("span", { class: "gap" }),
      button(t("zoomOut"), () => this.zoomBy(-1), { sign: "−", kind: "icon" }),
      button(t("fit"), () => this.zoomTo(1), { sign: "⤢", kind: "icon" }),
      button(t("zoomIn"), () => this.zoomBy(1), { sign: "＋", kind: "icon" }),
      button(t("copyLink"), () => this.copyLink(), { kind: "quiet" }));
    this.told = h("p", { class: "told", role: "status", hidden: true });
    this.scroll = h("div", { class: "pages", tabindex: "0", "aria-label": t("viewer"), onscroll: () => this.onScroll() });
    this.head = h("header", { class: "viewer-head", hidden: true },
      h("div", { class: "row" }, this.title, button(t("close"), () => this.close(), { sign: "✕", kind: "icon close" })),
      this.tools, this.finder.element, this.told);
    this.near = new IntersectionObserver((seen) => this.onSeen(seen), { root: this.scroll, rootMargin: NEAR });
    fill(this.root, this.head, this.scroll);
    this.sizes.observe(this.scroll);
    this.empty();
  }

  empty() {
    fill(this.scroll, h("p", { class: "empty soft" }, t("viewerEmpty")));
  }

  close() {
    this.filing = null;
    this.head.hidden = true;
    this.pages.clear();
    this.empty();
    this.opened(null);
  }

  /** Shows a citation of an answer, with all others of this answer that lie in the same filing. */
  async cite(citation, others = [citation], mark = "") {
    const address = addressOf(citation);
    if (!(await this.load(citation.filing_id, citation))) return;
    const same = others.filter((one) => one.filing_id === citation.filing_id);
    const near = neighbours(citation, same);
    const nearPlaces = await this.placed(near);
    const [run, places] = touching(citation, near, nearPlaces);
    const at = places[run.indexOf(citation)];
    this.setMarks(marksOf(run, places, true));
    this.tellPlace(citation, at, places);
    const page = at?.placed ? at.page : address.page;
    this.opened({ filing: citation.filing_id, page, start: at?.start, end: at?.end, mark });
    await this.goTo(page, at?.placed ? `[data-marker="${citation.marker}"]` : "");
    await Promise.all(this.marks.map((one) => this.pages.get(one.page).show()));
    await this.markOthers(same.filter((one) => !run.includes(one)));
  }

  /** Paints the other citations of the answer, softer, once the chosen one is there. */
  async markOthers(others) {
    const chosen = this.marks;
    if (!others.length) return;
    const places = await this.placed(others);
    if (this.marks === chosen) this.setMarks([...chosen, ...marksOf(others, places, false)]);
  }

  /** Shows a page, and a range of its text where one is given. */
  async open(filing, page = null, range = null) {
    if (!(await this.load(filing))) return;
    this.clearMarks();
    let at = null;
    if (range) {
      [at] = (await post(`/api/filings/${this.filing.id}/marks`, { marks: [{ page, start: range[0], end: range[1] }] })).marks;
      if (at.placed) this.setMarks([{ ...at, active: true, marker: 1 }]);
    }
    this.tell(range && !at.placed ? t("notPlaced") : "");
    const first = page ?? this.filing.pages[0].position;
    this.opened({ filing: this.filing.id, page: first, start: range?.[0], end: range?.[1] });
    await this.goTo(first, at?.placed ? '[data-marker="1"]' : "");
  }

  async load(id, citation = null) {
    this.shown();
    if (this.filing?.id.startsWith(id)) return true;
    if (citation?.standing === "removed") return this.lose(citation, t("removed"));
    try {
      this.lay(await get(`/api/filings/${id}`));
      return true;
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 404) throw error;
      return this.lose(citation, citation ? t("removed") : error.message);
    }
  }

  /** Says that a filing is not there any more, with what was quoted of it. */
  lose(citation, words) {
    this.close();
    this.head.hidden = false;
    this.title.textContent = citation ? place(citation) : t("viewer");
    this.tell(words);
    fill(this.scroll, citation ? h("blockquote", { class: "lost" }, citation.quote) : null);
    return false;
  }

  lay(filing) {
    this.filing = filing;
    this.near.disconnect();
    this.finder.clear();
    const named = filing.issuer.short_name || filing.issuer.name;
    this.title.textContent = [named, filing.period, filing.title || filing.file_name].filter(Boolean).join(" · ");
    this.title.title = filing.file_name;
    this.count.textContent = `/ ${filing.pages.at(-1).position}`;
    this.head.hidden = false;
    this.pages = new Map(filing.pages.map((size) => [size.position, new Page(filing, size)]));
    fill(this.scroll, [...this.pages.values()].map((page) => page.element));
    this.resize();
    for (const page of this.pages.values()) this.near.observe(page.element);
  }

  async placed(citations) {
    const marks = citations.map((one) => ({ page: addressOf(one).page, start: one.start, end: one.end, quote: one.quote }));
    return (await post(`/api/filings/${this.filing.id}/marks`, { marks })).marks;
  }

  tellPlace(citation, at, places) {
    const pages = [...new Set(places.filter((one) => one.placed).map((one) => one.page))];
    if (!at?.placed) this.tell(citation.standing === "changed" ? t("changed") : t("notPlaced"));
    else if (at.moved || citation.standing === "moved") this.tell(t("moved"));
    else if (pages.length > 1) this.tell(t("twoPages", { a: pages[0], b: pages.at(-1) }));
    else this.tell("");
  }

  setMarks(marks) {
    this.marks = marks;
    this.repaint();
  }

  clearMarks() {
    this.setMarks([]);
  }

  /** Gives every page the marks of citations and of what was found. */
  repaint() {
    const all = [...(this.marks ?? []), ...this.finder.marks()];
    for (const page of this.pages.values()) page.paint(all.filter((mark) => mark.page === page.size.position));
  }

  /** Scrolls to a page, or to what is painted on it, once it is drawn. */
  async goTo(position, wanted = "") {
    const page = this.pages.get(position) ?? this.pages.values().next().value;
    this.number.value = page.size.position;
    page.element.scrollIntoView({ block: "start" });
    const shown = page.show();
    this.target = shown.then(() => page.settled(), () => {});
    await shown;
    const target = wanted ? page.painted(wanted) : null;
    if (target) this.center(target);
    else page.element.scrollIntoView({ block: "start" });
    this.head.dataset.at = `${position}`;
  }

  center(target) {
    const box = target.getBoundingClientRect();
    const room = this.scroll.getBoundingClientRect();
    this.scroll.scrollTop += box.top - room.top - Math.max(24, (room.height - box.height) / 3);
    this.scroll.scrollLeft += Math.min(0, box.left - room.left - 24) + Math.max(0, box.right - room.right + 24);
  }

  onSeen(seen) {
    for (const { target, isIntersecting } of seen) {
      const page = this.pages.get(Number(target.dataset.page));
      if (page?.element !== target) continue;
      page.near = isIntersecting;
      if (isIntersecting) this.showSoon(page);
      else page.forget();
    }
  }

  /** Shows a page that came near, after the one that was asked for: its picture is drawn first. */
  async showSoon(page) {
    await this.target;
    if (!page.near) return;
    try {
      await page.show();
      page.resize();
    } catch (error) { this.tell(error.message); }
  }

  onScroll() {
    const top = this.scroll.getBoundingClientRect().top;
    const at = [...this.pages.values()].find((page) => page.element.getBoundingClientRect().bottom > top + 80);
    if (at && document.activeElement !== this.number) this.number.value = at.size.position;
  }

  turn(by) {
    const order = [...this.pages.keys()];
    const now = order.indexOf(Number(this.number.value));
    this.turnTo(order[Math.min(order.length - 1, Math.max(0, now + by))]);
  }

  turnTo(position) {
    if (this.pages.has(position)) this.goTo(position);
    else this.onScroll();
  }

  zoomBy(by) {
    const now = ZOOMS.indexOf(ZOOMS.find((one) => one >= this.zoom) ?? ZOOMS.at(-1));
    this.zoomTo(ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, now + by))]);
  }

  zoomTo(zoom) {
    const at = Number(this.number.value);
    this.zoom = zoom;
    this.resize();
    this.pages.get(at)?.element.scrollIntoView({ block: "start" });
  }

  resize() {
    const room = Math.max(120, this.scroll.clientWidth - 24);
    this.scroll.style.setProperty("--text-size", `${0.95 * this.zoom}rem`);
    for (const page of this.pages.values()) {
      if (page.pictured) page.element.style.width = `${Math.round(Math.min(room, 1100) * this.zoom)}px`;
      page.resize();
    }
  }

  async copyLink() {
    await navigator.clipboard.writeText(new URL(this.link(), location.origin).href);
    notice(t("copied"));
  }

  /** The address of what is shown, that opens it anywhere. */
  link() {
    const active = (this.marks ?? []).find((mark) => mark.active);
    const page = active?.page ?? this.number.value;
    return `/v/${this.filing.id.slice(0, 16)}?p=${page}${active ? `&c=${active.start}-${active.end}` : ""}`;
  }

  tell(text) {
    this.told.textContent = text;
    this.told.hidden = !text;
  }
}

/** Page and range of a citation: its link names the page even where a text filing has no numbers. */
function addressOf(citation) {
  const query = new URLSearchParams(citation.link.split("?")[1] ?? "");
  return { page: Number(query.get("p")) || citation.page || 1 };
}

function marksOf(citations, places, active) {
  return places.flatMap((at, i) => (at.placed ? [{ ...at, active, marker: citations[i].marker }] : []));
}

/** The citations next to the chosen one in number that stand on the pages before and after it, in order. */
function neighbours(chosen, citations) {
  const run = [chosen];
  for (const step of [-1, 1]) {
    for (let at = chosen; ;) {
      const next = citations.find((one) => one.marker === at.marker + step);
      if (!next || addressOf(next).page !== addressOf(at).page + step) break;
      run[step < 0 ? "unshift" : "push"](next);
      at = next;
    }
  }
  return run;
}

/** Of these those that run on from page to page without a break around the chosen one, and their places. */
function touching(chosen, near, places) {
  const runsOn = (a, b) => a.placed && b.placed && b.page === a.page + 1 && a.page_chars - a.end <= FURNITURE && b.start <= FURNITURE;
  let first = near.indexOf(chosen);
  let last = first;
  while (first > 0 && runsOn(places[first - 1], places[first])) first -= 1;
  while (last < near.length - 1 && runsOn(places[last], places[last + 1])) last += 1;
  return [near.slice(first, last + 1), places.slice(first, last + 1)];
}
