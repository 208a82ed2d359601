// An answer as people read it: text with markers, the evidence, the figures, what else there is.

import { button, h } from "./dom.js";
import { withCard } from "./hover.js";
import { flowing, pageInWords, place, t } from "./words.js";

const MARKER = /\[(\d+)\]/;

/** The answer drawn; `open` shows a citation or a passage, `ask` asks on. */
export function drawn(answer, { open, ask }) {
  return h("div", { class: answer.refused ? "answer refused" : "answer" },
    answer.refused ? refusal(answer, ask) : null,
    text(answer.answer, answer, open),
    answer.refused ? null : origin(answer),
    answer.warnings.map((one) => h("p", { class: "warning" }, h("strong", {}, `${t("warnings")}：`), one)),
    answer.calculation ? calculation(answer.calculation, answer, open) : null,
    alternatives(answer, open),
    citations(answer, open),
    figures(answer, open),
    answer.refused ? refusalEvidence(answer, open) : null,
    suggestions(answer, ask));
}

/** Text whose `[n]` are buttons to the citations; everything else stays text. */
export function text(words, answer, open) {
  const paragraphs = words.split("\n").filter((one) => one.trim());
  return h("div", { class: "answer-text" }, paragraphs.map((one) => h("p", {}, marked(one, answer, open))));
}

function marked(words, answer, open) {
  return words.split(/(\[\d+\])/).map((part) => {
    const found = MARKER.exec(part);
    const citation = found && answer.citations.find((one) => one.marker === Number(found[1]));
    return citation ? marker(citation, open) : part;
  });
}

/** The button `1` that opens a citation, with a card on hovering. */
function marker(citation, open) {
  const label = `${t("citation", { n: citation.marker })}：${place(citation)}`;
  const element = button(label, () => open(citation), { sign: String(citation.marker), kind: "marker", data: { marker: citation.marker } });
  element.removeAttribute("title");
  return withCard(element, citation);
}

function origin(answer) {
  const took = answer.elapsed_ms.total === undefined ? "" : ` · ${t("seconds", { n: (answer.elapsed_ms.total / 1000).toFixed(2) })}`;
  const label = answer.generated_by_ai ? `${t("ai")}（${answer.answerer.replace("model:", "")}）` : t("extractive");
  return h("p", { class: "origin" }, h("span", { class: answer.generated_by_ai ? "label ai" : "label" }, label), h("span", { class: "soft small" }, took));
}

function calculation(sum, answer, open) {
  const operand = (one) => [`${about(one, answer)} ${withUnit(one)}`, marked(`[${one.marker}]`, answer, open)];
  return h("section", { class: "calculation" },
    h("h3", {}, t("calculation")),
    h("p", { class: "formula" }, sum.formula, " = ", h("strong", {}, withUnit(sum.result))),
    h("ul", {}, sum.operands.map((one) => h("li", {}, operand(one)))));
}

function about(figure, answer) {
  return [printedName(figure, answer), figure.period, t("scopes")[figure.scope] ?? figure.scope].filter(Boolean).join(" · ");
}

/** What the cited row calls the figure: the words that it begins with. */
function printedName(figure, answer) {
  const quote = answer.citations.find((one) => one.marker === figure.marker)?.quote ?? "";
  const name = flowing(quote).match(/^(?:[一二三四五六七八九十\d]+[、.．]\s*)?([^\d\s-]{2,24})/)?.[1] ?? "";
  return /^[\w ]*$/.test(figure.line_item) ? name : figure.line_item;
}

function withUnit(figure) {
  return figure.unit && !figure.text.endsWith(figure.unit) ? figure.text + figure.unit : figure.text;
}

function alternatives(answer, open) {
  if (!answer.alternatives.length) return null;
  return h("section", {}, h("h3", {}, t("alternatives")),
    h("ul", {}, answer.alternatives.map((one) => h("li", {}, `${one.label} ${one.text}`, marked(`[${one.marker}]`, answer, open)))));
}

function citations(answer, open) {
  if (!answer.citations.length) return null;
  return h("section", { class: "citations" }, h("h3", {}, t("sources")),
    h("ol", {}, answer.citations.map((one) => h("li", { value: one.marker },
      h("button", { type: "button", class: "citation", data: { citation: one.marker }, onclick: () => open(one) },
        h("span", { class: "where" }, h("b", { class: "number" }, one.marker), place(one), standing(one)),
        h("span", { class: "section soft small" }, one.section.join(" › ")),
        h("q", {}, flowing(one.quote)))))));
}

function standing(citation) {
  if (!citation.standing || citation.standing === "current") return null;
  return h("span", { class: "label warn" }, t(citation.standing));
}

function figures(answer, open) {
  if (!answer.figures.length) return null;
  const row = (one) => h("tr", {}, h("td", { class: "number-cell" }, withUnit(one)), h("td", {}, about(one, answer)), h("td", { class: "soft" }, t(one.check), " ", marked(`[${one.marker}]`, answer, open)));
  return h("details", { class: "figures" }, h("summary", {}, `${t("figures")}（${answer.figures.length}）`), h("div", { class: "wide" }, h("table", {}, h("tbody", {}, answer.figures.map(row)))));
}

function refusal(answer, ask) {
  const { reason, options } = answer.refusal;
  const choose = reason === "ambiguous";
  return [
    h("p", { class: "reason" }, h("span", { class: `label refusal ${reason}` }, t("reasons")[reason])),
    options.length ? h("div", { class: "options" }, h("span", { class: "soft small" }, `${t("options")}：`),
      options.map((one) => (choose ? button(one, () => ask(answer.question, { company: one }), { kind: "chip" }) : h("span", { class: "chip still" }, one)))) : null,
  ];
}

function refusalEvidence(answer, open) {
  return [
    answer.refusal.searched.length ? h("details", { class: "searched" }, h("summary", {}, t("searched")), h("ul", {}, answer.refusal.searched.map((one) => h("li", {}, one)))) : null,
    answer.nearest.length ? h("section", { class: "nearest" }, h("h3", {}, t("nearest")), answer.nearest.map((hit) => passage(hit, open))) : null,
  ];
}

/** A passage found: where it stands and how it begins. */
export function passage(hit, open) {
  const citation = { ...hit, marker: hit.rank, quote: "", link: `?p=${hit.page ?? ""}` };
  return h("button", { type: "button", class: "citation", onclick: () => open(citation) },
    h("span", { class: "where" }, [hit.company || hit.title || hit.source, hit.period, pageInWords(hit)].filter(Boolean).join(" · ")),
    h("span", { class: "section soft small" }, hit.section.join(" › ")),
    h("q", {}, flowing(hit.text.slice(0, 400))));
}

function suggestions(answer, ask) {
  if (!answer.suggestions.length) return null;
  return h("section", { class: "suggestions" }, h("h3", {}, t("suggestions")),
    answer.suggestions.map((one) => button(one, () => ask(one), { kind: "chip" })));
}
