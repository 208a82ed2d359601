// Elements made from values: text is always text, nothing is ever parsed as HTML.

/** An element with properties (`on…` listeners, `class`, `data`, attributes) and children (nodes, text, null). */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "class") element.className = value;
  else if (name === "data") Object.assign(element.dataset, value);
  else element.setAttribute(name, value === true ? "" : value);
}

/** The element with these children instead of those it had. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button that does something; `label` is what it is called, `sign` what it shows. */
export function button(label, action, { sign = label, kind = "", ...rest } = {}) {
  const named = sign === label ? {} : { "aria-label": label, title: label };
  return h("button", { type: "button", class: kind, onclick: action, ...named, ...rest }, sign);
}

/** A dialog that asks; resolves to whether it was agreed to. */
export function confirmed(question, yes, no) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "dialog", "aria-label": question, onclose: () => { resolve(dialog.returnValue === "yes"); dialog.remove(); } },
      h("p", {}, question),
      h("div", { class: "row end" },
        button(no, () => dialog.close("no"), { kind: "plain" }),
        button(yes, () => dialog.close("yes"), { kind: "strong" })));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A line at the foot of the window that goes by itself. */
export function notice(text) {
  const line = h("p", { class: "notice", role: "status" }, text);
  document.body.append(line);
  setTimeout(() => line.remove(), 6000);
}

/** The text by code points, as the server counts: JavaScript counts some characters twice. */
export function codePoints(text) {
  return /[\ud800-\udbff]/.test(text) ? Array.from(text) : text;
}

/** A part of `codePoints`. */
export function piece(points, start, end) {
  return typeof points === "string" ? points.slice(start, end) : points.slice(start, end).join("");
}
