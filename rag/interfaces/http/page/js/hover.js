// The card that shows a citation's quote beside its marker, on hovering or on the keyboard's focus.

import { h } from "./dom.js";
import { flowing, place } from "./words.js";

let card = null;

/** The element with a card for its citation. */
export function withCard(element, citation) {
  const show = () => showCard(element, citation);
  element.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && show());
  element.addEventListener("focus", () => element.matches(":focus-visible") && show());
  for (const name of ["pointerleave", "blur", "click"]) element.addEventListener(name, hide);
  return element;
}

function showCard(element, citation) {
  hide();
  card = h("div", { class: "card", role: "tooltip", id: "citation-card" },
    h("p", { class: "where" }, place(citation)),
    citation.section.length ? h("p", { class: "soft small" }, citation.section.join(" › ")) : null,
    h("blockquote", {}, flowing(citation.quote)));
  document.body.append(card);
  element.setAttribute("aria-describedby", card.id);
  const at = element.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left - 20), window.innerWidth - width - 8);
  const below = at.bottom + 6 + height < window.innerHeight;
  Object.assign(card.style, { left: `${left}px`, top: `${below ? at.bottom + 6 : Math.max(8, at.top - height - 6)}px` });
}

export function hide() {
  if (!card) return;
  document.querySelector('[aria-describedby="citation-card"]')?.removeAttribute("aria-describedby");
  card.remove();
  card = null;
}

window.addEventListener("scroll", hide, true);
window.addEventListener("keydown", (event) => event.key === "Escape" && hide());
