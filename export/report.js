"use strict";
// Leads from a figure to its arithmetic and back, and filters; the file is whole without it.
(() => {
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const cards = all(".c");
  const shown = () => cards.filter((card) => card.offsetParent !== null);
  let current = null;

  function marksOf(card) {
    return [...new Set(all('a[href^="#m"]', card).map((link) => document.getElementById(link.hash.slice(1))))].filter(Boolean);
  }

  function choose(card, scroll) {
    all(".on, .lit, .here").forEach((old) => old.classList.remove("on", "lit", "here"));
    current = card;
    card.classList.add("on");
    const marks = marksOf(card);
    marks.forEach((mark) => mark.classList.add("lit"));
    const place = card.querySelector("a.place");
    const own = place && document.getElementById(place.hash.slice(1));
    if (own) own.classList.add("here");
    card.scrollIntoView({ block: "nearest" });
    if (scroll && own) own.scrollIntoView({ block: "center" });
    history.replaceState(null, "", "#" + card.id);
    card.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  }

  function step(by) {
    const list = shown();
    if (!list.length) return;
    const at = list.indexOf(current);
    choose(list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + by))], true);
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".m[data-c]");
    if (mark) {
      event.preventDefault();
      const numbers = mark.dataset.c.split(" ");
      const at = current ? numbers.indexOf(current.id.slice(1)) : -1;
      const card = document.getElementById("c" + numbers[(at + 1) % numbers.length]);
      if (card) choose(card, false);
      return;
    }
    const link = event.target.closest('.c a[href^="#m"]');
    const card = !event.target.closest("form") && event.target.closest(".c");
    if (card && card !== current) choose(card, !link);
    if (link) {
      event.preventDefault();
      const target = document.getElementById(link.hash.slice(1));
      if (target) {
        all(".here").forEach((old) => old.classList.remove("here"));
        target.classList.add("here");
        target.scrollIntoView({ block: "center" });
      }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea, button") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!cards.length) return;
    if (event.key === "ArrowDown" || event.key === "j") { event.preventDefault(); step(1); }
    if (event.key === "ArrowUp" || event.key === "k") { event.preventDefault(); step(-1); }
    if (event.key === "Enter" && current && !event.target.closest("a")) choose(current, true);
  });

  const kind = document.getElementById("kind");
  const find = document.getElementById("find");
  const only = document.getElementById("only");
  const none = document.getElementById("none");

  function filter() {
    const words = find ? find.value.trim().toLowerCase() : "";
    for (const card of cards) {
      card.hidden = Boolean(kind && kind.value && card.dataset.kind !== kind.value)
        || Boolean(words && !card.textContent.toLowerCase().includes(words));
    }
    for (const row of all(".files tbody tr")) {
      row.hidden = Boolean(words && !row.textContent.toLowerCase().includes(words)) || Boolean(only && only.checked && !row.matches(".wrong"));
    }
    if (none) none.hidden = shown().length > 0;
  }

  for (const box of all("#filters input[type=checkbox]:not(#only)")) {
    const put = () => document.body.classList.toggle("on-" + box.value, box.checked);
    box.addEventListener("change", () => { put(); filter(); });
    put(); // a browser may remember a box from before the page was loaded anew
  }
  if (kind) kind.addEventListener("change", filter);
  if (only) only.addEventListener("change", filter);
  if (find) find.addEventListener("input", filter);
  const filters = document.getElementById("filters");
  if (filters) filters.addEventListener("submit", (event) => event.preventDefault());
  if (cards.length || find) filter();
  const start = document.getElementById(location.hash.slice(1));
  if (start && start.matches(".c")) choose(start, true);
})();
