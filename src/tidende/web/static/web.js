"use strict";
// What stands for one fact lights up together: in every article, and where the fact is told.
(() => {
  const marked = () => document.querySelectorAll("[data-facts], [data-fact]");
  const facts = (element) => (element.dataset.facts || element.dataset.fact || "").split(" ").filter(Boolean);
  const light = (wanted) => {
    for (const one of marked()) one.classList.toggle("lit", facts(one).some((fact) => wanted.has(fact)));
  };
  const over = (event) => {
    const element = event.target.closest && event.target.closest("[data-facts], [data-fact]");
    light(new Set(element ? facts(element) : []));
  };
  document.addEventListener("pointerover", over);
  document.addEventListener("focusin", over);
  document.addEventListener("focusout", () => light(new Set()));
  // Escape takes away the sentences that stand over the page, until something else is pointed at.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.body.classList.add("quiet");
  });
  for (const one of ["pointerover", "focusin"]) {
    document.addEventListener(one, () => document.body.classList.remove("quiet"));
  }
  // The language changes when another is chosen; without a script there is the button.
  const tongue = document.querySelector(".tongue");
  if (tongue) {
    tongue.querySelector("button").hidden = true;
    tongue.addEventListener("change", () => tongue.requestSubmit());
  }
})();
