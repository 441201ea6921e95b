// The ally picker: a field that finds among the options of the list it takes the place of.
(() => {
  const { $, $$ } = foedus;
  const place = $("form[data-picker]");
  if (!place) return;
  const select = $("select", place);
  const choices = [...select.options].slice(1).map((o) => ({ code: o.value, name: o.text, last: o.dataset.last }));
  const input = document.createElement("input");
  const list = document.createElement("ul");
  Object.assign(input, { type: "text", id: "picker-words", autocomplete: "off", placeholder: "Highlight an ally  ( / )" });
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", "picker-list"], ["aria-autocomplete", "list"], ["aria-label", "Highlight an ally"]]) input.setAttribute(name, value);
  Object.assign(list, { id: "picker-list", className: "list", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Allies");
  $("label", place).htmlFor = input.id;
  select.hidden = true;
  select.disabled = true;
  select.after(input, list);
  const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
  let at = -1;
  let shown = [];

  const current = () => new URLSearchParams(location.search).get("country") || document.body.dataset.marked || "";
  function name() {
    const codes = current().split(",").filter(Boolean);
    return codes.map((code) => choices.find((c) => c.code === code.toUpperCase())?.name || code).join(", ");
  }
  input.value = name();

  function open() {
    const words = plain(input.value === name() ? "" : input.value.trim());
    shown = choices.filter((c) => plain(c.name).includes(words) || c.code.toLowerCase() === words);
    list.replaceChildren(...shown.map((choice, i) => {
      const item = document.createElement("li");
      item.id = `picker-${choice.code}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(i === at));
      const last = document.createElement("span");
      last.textContent = choice.last;
      item.append(choice.name, last);
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(choice.code); });
      return item;
    }));
    if (!shown.length) {
      const none = document.createElement("li");
      none.className = "none";
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.setAttribute("aria-selected", "false");
      none.textContent = `No ally is called “${input.value.trim()}”.`;
      list.append(none);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (at >= 0 && shown[at]) { input.setAttribute("aria-activedescendant", `picker-${shown[at].code}`); list.children[at].scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  }
  function close() { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); }

  function choose(code) {
    close();
    document.body.dataset.marked = code;
    foedus.carry("country", code);
    const to = foedus.addressWith({ country: code }, foedus.form() ? foedus.address() : location.pathname + location.search);
    input.value = choices.find((c) => c.code === code)?.name || "";
    if (foedus.settle) foedus.settle(to); else location.assign(to);
    $$(".menu a, .brand").forEach((link) => { const url = new URL(link.href); if (code) url.searchParams.set("country", code); else url.searchParams.delete("country"); link.href = url; });
  }
  input.addEventListener("focus", () => { input.select(); open(); });
  input.addEventListener("input", () => { at = input.value.trim() ? 0 : -1; open(); });
  input.addEventListener("blur", () => { close(); input.value = name(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = Math.max(0, Math.min(shown.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)));
      open();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!input.value.trim()) choose("");
      else if (shown.length) choose(shown[Math.max(0, at)].code);
    } else if (event.key === "Escape") {
      input.value = "";
      if (current()) choose(""); else close();
    }
  });
  place.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", () => { input.value = name(); });
})();
