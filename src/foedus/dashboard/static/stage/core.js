"use strict";
// What the parts of the stage share: the page, its form, requests, and what a page's own modules may use.
// The page works without any of it. With it controls answer at once, the address follows, and Back undoes.
window.foedus = (() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.body.dataset.root;
  const frame = $("#frame");
  const form = () => $("form[data-live]");

  const written = {
    per_cent: (v) => `${(100 * v).toFixed(1)} %`,
    points: (v) => `${v < 0 ? "−" : v > 0 ? "+" : "±"}${Math.abs(100 * v).toFixed(1)} points`,
    plain: (v) => String(v),
  };

  // The address that the controls stand for. Values that a page has of itself are left out.
  function address() {
    const fields = form();
    if (!fields) return location.pathname + location.search;
    const asked = new URLSearchParams();
    const seen = new Set();
    for (const field of fields.elements) {
      if (!field.name || field.disabled || field.type === "submit") continue;
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue;
      const own = field.dataset.own ?? (field.type === "radio" ? fields.querySelector(`[name="${field.name}"][data-own]`)?.dataset.own : undefined);
      const same = own !== undefined && own !== "" && (field.type === "range" ? Number(own) === Number(field.value) : own === field.value);
      if (field.value.trim() !== "" && !same) asked.append(field.name, field.value.trim());
      seen.add(field.name);
    }
    const query = asked.toString();
    return new URL(fields.action).pathname + (query ? `?${query}` : "");
  }

  // The same with fields changed that no control holds: an empty value takes a field out.
  function addressWith(changes, from = address()) {
    const url = new URL(from, location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    return url.pathname + url.search;
  }

  // Hidden fields carry what no control holds, so that the form's address keeps it.
  function carry(name, value) {
    const fields = form();
    if (!fields) return;
    let field = fields.querySelector(`input[type="hidden"][name="${name}"]`);
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      fields.append(field);
    }
    field.value = value ?? "";
  }

  function say(text) { const line = $("#status"); if (line) line.textContent = text; }

  const shown = new Set();
  return {
    $, $$, root, frame, form, written, address, addressWith, carry, say,
    busy: false,
    onShown(listener) { shown.add(listener); },
    tellShown(answer) { shown.forEach((listener) => listener(answer)); },
  };
})();
if (foedus.frame) document.documentElement.classList.add("live");
