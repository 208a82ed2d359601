"use strict";
(() => {
  const form = document.querySelector("form.filter");
  const cases = [...document.querySelectorAll(".case")];
  const shown = document.querySelector(".shown");
  const texts = new Map(cases.map((one) => [one, one.textContent.toLowerCase()]));
  const fields = ["kind", "verdict", "set", "fault"];

  function apply() {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const one of cases) {
      const fits = fields.every((name) => !form.elements[name].value || form.elements[name].value === one.dataset[name])
        && words.every((word) => texts.get(one).includes(word));
      one.hidden = !fits;
      count += fits;
    }
    shown.textContent = `显示 ${count} / ${cases.length} 题`;
  }

  let opened = [];
  window.addEventListener("beforeprint", () => {
    // Unfiltered, what came out right is one line on paper: the reader of a print looks for what did not.
    const whole = cases.every((one) => !one.hidden);
    opened = cases.filter((one) => !one.hidden && !one.open && !(whole && one.dataset.verdict === "right"));
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
