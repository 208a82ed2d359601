// Who is here, and how the page looks to them.

import { get, post, Refused, remove } from "./api.js";
import { button, h } from "./dom.js";
import { t } from "./words.js";

const THEME = "xunju-theme";

/** The session, asking for a key until one is right. */
export async function begin() {
  for (;;) {
    try {
      return await get("/api/session");
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      await askKey();
    }
  }
}

export async function end() {
  await remove("/api/session");
  location.assign("/");
}

function askKey() {
  return new Promise((resolve) => {
    const field = h("input", { type: "password", id: "key", autocomplete: "current-password", required: true, maxlength: 200 });
    const wrong = h("p", { class: "wrong", role: "alert" });
    const form = h("form", {
      class: "column", onsubmit: async (event) => {
        event.preventDefault();
        try {
          await post("/api/session", { key: field.value.trim() });
          dialog.close();
        } catch (error) { wrong.textContent = error.message; }
      },
    },
    h("h2", {}, t("keyNeeded")), h("p", { class: "soft" }, t("keyHint")),
    h("label", { for: "key" }, t("key")), field, wrong,
    h("div", { class: "row end" }, h("button", { class: "strong", type: "submit" }, t("enter"))));
    const dialog = h("dialog", { class: "dialog", "aria-label": t("keyNeeded"), oncancel: (event) => event.preventDefault(), onclose: () => { dialog.remove(); resolve(); } }, form);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Light, dark, or as the system is: what was chosen last. */
export function applyTheme() {
  const chosen = localStorage.getItem(THEME);
  if (chosen) document.documentElement.dataset.theme = chosen;
}

export function switchTheme() {
  const dark = getComputedStyle(document.documentElement).getPropertyValue("--is-dark").trim() === "1";
  localStorage.setItem(THEME, dark ? "light" : "dark");
  applyTheme();
}

/** What belongs to the session, for the head of the library. */
export function controls(session) {
  return [
    button(t("theme"), switchTheme, { sign: "◐", kind: "icon" }),
    session.open ? null : button(t("leave"), end, { sign: "⎋", kind: "icon" }),
  ];
}
