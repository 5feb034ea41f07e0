// Makes the pages quicker to use; every one of them works without it.
// In: a page. Out: the same page, with a few keys and without needless steps.
"use strict";
(() => {
  const form = document.querySelector("form.filters[method=get]");
  if (form) {
    // An address without empty words can be read and passed on.
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
    });
  }

  // A link to a place inside closed details opens them.
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target && target.parentElement; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
  };
  addEventListener("hashchange", open);
  open();

  // Keys, only while a claim to review has the focus: "j" and "k" walk, the letters on the buttons decide.
  const places = [...document.querySelectorAll("[data-review]")];
  addEventListener("keydown", (event) => {
    const here = event.target.closest?.("[data-review]");
    if (!here || event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key];
    if (step) {
      const next = places[places.indexOf(here) + step];
      if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
    } else {
      here.querySelector(`button[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
  });
})();
