// What can be done with an answer: say whether it is right, copy it, take it along.

import { post, save } from "./api.js";
import { button, fill, h, notice } from "./dom.js";
import { flowing, place, t } from "./words.js";

const VERDICTS = ["good", "wrong_figure", "wrong_page", "missing"];

/** The row of actions below an answer; `talk` gives the turns of the whole conversation. */
export function actions(answer, talk) {
  const told = h("div", { class: "feedback-note" });
  return h("footer", { class: "actions" },
    answer.turn ? h("div", { class: "row", role: "group", "aria-label": t("feedback") },
      VERDICTS.map((verdict) => button(t(verdict), (event) => choose(event.currentTarget, answer, verdict, told), { kind: "quiet", data: { verdict } }))) : null,
    h("div", { class: "row" },
      button(t("copy"), () => copy(answer), { kind: "quiet" }),
      answer.turn ? exportMenu(answer, talk) : null),
    told);
}

async function choose(chosen, answer, verdict, told) {
  if (verdict === "good") {
    await give(chosen, answer, verdict, "", told);
    return;
  }
  const note = h("input", { type: "text", maxlength: 2000, placeholder: t("feedbackNote"), "aria-label": t("feedbackNote") });
  fill(told, h("form", { class: "row", onsubmit: (event) => { event.preventDefault(); give(chosen, answer, verdict, note.value, told); } },
    note, h("button", { type: "submit", class: "plain" }, t("sendNote"))));
  note.focus();
}

async function give(chosen, answer, verdict, comment, told) {
  try {
    await post("/api/feedback", { turn: answer.turn, verdict, comment });
    for (const one of chosen.parentElement.children) one.setAttribute("aria-pressed", String(one === chosen));
    fill(told, h("p", { class: "soft small", role: "status" }, t("thanks")));
  } catch (error) { fill(told, h("p", { class: "wrong", role: "alert" }, error.message)); }
}

async function copy(answer) {
  const label = answer.generated_by_ai ? t("ai") : t("extractive");
  const sources = answer.citations.map((one) => `[${one.marker}] ${place(one)}：“${flowing(one.quote)}” ${new URL(one.link, location.origin).href}`);
  await navigator.clipboard.writeText([answer.answer, "", ...sources, "", `${label} · ${t("disclaimer")}`].join("\n"));
  notice(t("copied"));
}

const FORMATS = [["docx", "Word"], ["xlsx", "Excel"], ["md", "Markdown"]];

function exportMenu(answer, talk) {
  const keep = (turns, format) => save("POST", "/api/export", { turns, format, pages: format === "docx" }).catch((error) => notice(error.message));
  return h("details", { class: "menu" }, h("summary", { class: "quiet" }, t("export")),
    h("div", { class: "menu-list" },
      FORMATS.map(([format, name]) => button(name, () => keep([answer.turn], format), { kind: "plain", data: { format } })),
      button(t("exportAll"), () => keep(talk(), "docx"), { kind: "plain" })));
}
