// One page of a filing: its picture under painted rectangles and a text to select, or its text with marks.

import { get } from "./api.js";
import { codePoints, fill, h, piece } from "./dom.js";
import { t } from "./words.js";

const STEPS = [1, 1.5, 2, 3, 4]; // pixels a point that the server draws in
const FONT = "sans-serif";
const ruler = document.createElement("canvas").getContext("2d");

/** A page that shows itself when asked to, and forgets its content when far away. */
export class Page {
  constructor(filing, size) {
    this.filing = filing;
    this.size = size;
    this.pictured = size.width > 0;
    this.marks = [];
    this.loaded = null;
    this.element = h("article", { class: this.pictured ? "page" : "page text-page", data: { page: size.position }, "aria-label": t("page", { n: size.position }) });
    if (this.pictured) this.element.style.aspectRatio = `${size.width} / ${size.height}`;
  }

  /** Paints these marks (`{start, end, boxes, active, found, marker}`) from now on. */
  paint(marks) {
    this.marks = marks;
    if (this.content) this.draw();
  }

  /** Fetches and draws the page; resolves when its marks are painted.  The picture comes meanwhile. */
  show() {
    this.loaded ??= this.fetch();
    if (this.pictured && !this.element.querySelector("img")) {
      this.element.prepend(this.image());
      this.fitImage();
    }
    return this.loaded;
  }

  async fetch() {
    this.content = await get(`/api/filings/${this.filing.id}/pages/${this.size.position}`);
    this.draw();
  }

  forget() {
    this.loaded = this.content = this.layers = null;
    if (this.pictured) fill(this.element);
  }

  /** Resolves when the picture is there, or cannot be had. */
  settled() {
    return this.picture ?? Promise.resolve();
  }

  draw() {
    if (this.pictured) this.drawPicture();
    else this.drawText();
  }

  drawPicture() {
    this.layers = [h("div", { class: "layer painted" }, this.boxes()), h("div", { class: "layer lines" }, this.lines())];
    for (const old of this.element.querySelectorAll(".layer")) old.remove();
    this.element.append(...this.layers);
    this.resize();
  }

  image() {
    const image = h("img", { alt: "", draggable: "false", class: "coming" });
    this.picture = new Promise((resolve) => { for (const name of ["load", "error"]) image.addEventListener(name, resolve, { once: true }); });
    image.addEventListener("load", () => image.classList.remove("coming"));
    image.addEventListener("error", async () => {
      image.remove();
      const response = await fetch(image.src);
      const why = response.ok ? "" : (await response.json()).detail;
      this.element.append(h("p", { class: "no-picture soft" }, t("noImage"), why));
    }, { once: true });
    return image;
  }

  /** Fits picture and layers to the width that the page has now. */
  resize() {
    const zoom = this.element.clientWidth / this.size.width;
    if (!this.pictured || !zoom) return;
    for (const { style } of this.layers ?? []) Object.assign(style, { width: `${this.size.width}px`, height: `${this.size.height}px`, transform: `scale(${zoom})` });
    this.fitImage();
  }

  /** Asks for the picture in the sharpness that the screen has at this width. */
  fitImage() {
    const wanted = (this.element.clientWidth / this.size.width) * (window.devicePixelRatio || 1);
    const scale = STEPS.find((step) => step >= wanted * 0.98) ?? STEPS.at(-1);
    const source = `/api/filings/${this.filing.id}/pages/${this.size.position}/image?scale=${scale}`;
    const image = this.element.querySelector("img");
    if (image && image.getAttribute("src") !== source) image.src = source;
  }

  boxes() {
    return this.marks.flatMap((mark) => mark.boxes.map(([x0, y0, x1, y1]) => {
      const box = h("div", { class: `box ${kindOf(mark)}`, data: mark.marker ? { marker: mark.marker } : {} });
      Object.assign(box.style, { left: `${x0}px`, top: `${y0}px`, width: `${x1 - x0}px`, height: `${y1 - y0}px` });
      return box;
    }));
  }

  /** The text in its places, without colour: to be selected and read aloud. */
  lines() {
    const points = codePoints(this.content.text);
    return this.content.lines.flatMap((line) => {
      const text = piece(points, line.start, line.end);
      const [x0, y0, x1, y1] = line.box;
      const size = Math.max(1, (y1 - y0) * 0.86);
      ruler.font = `${size}px ${FONT}`;
      const width = ruler.measureText(text).width || 1;
      const span = h("span", {}, text);
      Object.assign(span.style, { left: `${x0}px`, top: `${y0}px`, fontSize: `${size}px`, transform: `scaleX(${(x1 - x0) / width})` });
      return [span, h("br", { role: "presentation" })];
    });
  }

  drawText() {
    const points = codePoints(this.content.text);
    const marks = [...this.marks].sort((a, b) => a.start - b.start || b.end - a.end);
    const parts = [];
    let at = 0;
    for (const mark of marks) {
      const start = Math.max(at, mark.start);
      if (mark.end <= start) continue;
      parts.push(piece(points, at, start));
      parts.push(h("mark", { class: kindOf(mark), data: mark.marker ? { marker: mark.marker } : {} }, piece(points, start, mark.end)));
      at = mark.end;
    }
    parts.push(piece(points, at, points.length));
    const label = this.filing.numbering === "none" ? "" : this.content.label ?? String(this.size.position);
    fill(this.element, h("p", { class: "page-label soft small" }, label ? t("page", { n: label }) : ""), h("div", { class: "plain" }, parts));
  }

  /** The element that a mark is painted as. */
  painted(test) {
    return this.element.querySelector(test);
  }
}

function kindOf(mark) {
  return [mark.active ? "active" : "", mark.found ? "found" : ""].join(" ").trim() || "other";
}
