// The key figures of a report as a table, each with its page.

import { get, save } from "./api.js";
import { button, h, notice } from "./dom.js";
import { withCard } from "./hover.js";
import { place, t } from "./words.js";

/** The card of a filing drawn; `open` shows a figure's row on its page. */
export async function drawnCard(filing, open) {
  const card = await get(`/api/filings/${filing.id}/card`);
  const cited = card.figures.map((one, i) => ({ ...one, marker: i + 1 }));
  const keep = (format) => save("GET", `/api/filings/${filing.id}/card/file?format=${format}`).catch((error) => notice(error.message));
  return h("div", { class: "answer" },
    h("div", { class: "wide" }, h("table", { class: "sheet" },
      h("thead", {}, h("tr", {}, ["cardItem", "cardNow", "cardBefore", "cardChange"].map((key) => h("th", { scope: "col" }, t(key))))),
      h("tbody", {}, cited.map((one) => row(one, (chosen) => open(chosen, cited)))))),
    card.figures.some((one) => one.change?.computed) ? h("p", { class: "soft small" }, t("cardComputed")) : null,
    card.missing.length ? h("p", { class: "soft small" }, `${t("cardMissing")}：${card.missing.join("、")}`) : null,
    h("p", { class: "origin" }, h("span", { class: "label" }, t("extractive"))),
    h("footer", { class: "actions" }, h("span", {}), h("div", { class: "row" }, [["xlsx", "Excel"], ["md", "Markdown"]].map(([format, name]) => button(name, () => keep(format), { kind: "quiet", data: { format } })))));
}

function row(figure, open) {
  const link = button(place(figure), () => open(figure), { sign: `p${figure.page ?? "·"}`, kind: "marker", data: { marker: figure.marker } });
  link.removeAttribute("title");
  return h("tr", {},
    h("th", { scope: "row" }, figure.name, withCard(link, figure), figure.scope ? h("small", { class: "soft block" }, figure.scope) : null),
    h("td", { class: "number-cell" }, amount(figure.current)),
    h("td", { class: "number-cell" }, figure.previous ? amount(figure.previous) : ""),
    h("td", { class: "number-cell" }, figure.change ? `${figure.change.text}${figure.change.computed ? "*" : ""}` : ""));
}

function amount(value) {
  return [h("span", {}, value.text), value.short ? h("small", { class: "soft block" }, value.short) : null];
}
