// Files into the index: chosen or dropped, then followed page by page.

import { events, upload } from "./api.js";
import { button, fill, h } from "./dom.js";
import { t } from "./words.js";

export class Uploads {
  constructor(session, loaded) {
    this.loaded = loaded;
    this.input = h("input", { type: "file", multiple: true, hidden: true, id: "files", accept: session.suffixes.join(","), onchange: () => { this.take([...this.input.files]); this.input.value = ""; } });
    this.jobs = h("div", { class: "jobs", "aria-live": "polite" });
    this.element = h("div", { class: "uploads" },
      this.input,
      button(t("upload"), () => this.input.click(), { kind: "drop" }), h("span", { class: "soft small drop-hint" }, t("uploadHint")), this.jobs);
    this.listen();
  }

  listen() {
    const over = h("div", { class: "dropping", hidden: true }, h("p", {}, t("dropHere")));
    document.body.append(over);
    const files = (event) => event.dataTransfer?.types.includes("Files");
    window.addEventListener("dragenter", (event) => { if (files(event)) over.hidden = false; });
    window.addEventListener("dragover", (event) => { if (files(event)) event.preventDefault(); });
    window.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over.hidden = true; });
    window.addEventListener("drop", (event) => {
      over.hidden = true;
      if (!files(event)) return;
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
  }

  async take(files) {
    if (!files.length) return;
    const form = new FormData();
    for (const file of files) form.append("files", file, file.name);
    const element = h("div", { class: "job" }, files.map((file) => line({ name: file.name, state: "waiting", warnings: [] })));
    this.jobs.prepend(element);
    try {
      const job = await upload(form);
      for await (const [name, value] of events("GET", `/api/jobs/${job.id}/events`)) if (name === "job") this.draw(element, value);
      await this.loaded();
    } catch (error) {
      fill(element, h("p", { class: "wrong", role: "alert" }, error.message), this.dismiss(element));
    }
  }

  draw(element, job) {
    const done = job.state === "done";
    fill(element, job.files.map(line), done ? this.dismiss(element) : null);
    element.dataset.state = job.state;
    if (done && job.files.every((one) => one.state !== "failed" && !one.warnings.length)) setTimeout(() => element.remove(), 8000);
  }

  dismiss(element) {
    return button(t("dismiss"), () => element.remove(), { kind: "plain small" });
  }
}

function line(file) {
  const reading = file.state === "reading" && file.total;
  const state = reading ? t("reading", { a: file.done, b: file.total }) : file.state === "reading" ? t("preparing") : t(file.state);
  return h("div", { class: `file ${file.state}`, data: { state: file.state } },
    h("span", { class: "file-name" }, file.name),
    h("span", { class: "soft small" }, state, file.company ? `：${[file.company, file.period, file.title].filter(Boolean).join(" · ")}` : ""),
    reading ? h("progress", { max: file.total, value: file.done, "aria-label": state }) : null,
    file.message ? h("span", { class: "wrong small" }, file.message) : null,
    file.warnings.map((one) => h("span", { class: "warning small" }, one)));
}
