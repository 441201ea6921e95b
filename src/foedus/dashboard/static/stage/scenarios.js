// Scenarios of one's own: kept in this browser where it allows that, opened as the second, or forgotten.
(() => {
  const { $, $$ } = foedus;
  const KEY = "foedus.scenarios";
  const kept = () => { try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; } };
  const keep = (list) => { try { localStorage.setItem(KEY, JSON.stringify(list.slice(-20))); return true; } catch { return false; } };
  const SLIDERS = ["target", "deadline", "growth", "compliance", "threat_until", "plans"];

  function address(scenario, side) {
    const query = new URLSearchParams(location.search);
    const first = side === "first";
    for (const name of first ? ["scenario", "first_set", "first_name"] : ["other", "set", "name", ...SLIDERS]) query.delete(name);
    query.set(first ? "scenario" : "other", scenario.parent);
    scenario.sets.forEach((change) => query.append(first ? "first_set" : "set", change));
    query.set(first ? "first_name" : "name", scenario.name.slice(0, 60));
    return `${location.pathname}?${query}`;
  }

  function chip(words, label, to) {
    const element = document.createElement(to ? "a" : "button");
    element.className = "chip";
    element.textContent = words;
    element.setAttribute("aria-label", label);
    if (to) element.href = to; else element.type = "button";
    return element;
  }

  function list() {
    const box = $("[data-own]");
    if (!box) return;
    const own = kept();
    box.hidden = own.length === 0;
    $("ul", box).replaceChildren(...own.map((scenario, index) => {
      const row = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = scenario.name;
      const gone = chip("forget", `Forget ${scenario.name}`);
      gone.addEventListener("click", () => { const rest = kept(); rest.splice(index, 1); keep(rest); list(); });
      row.append(name, chip("first", `${scenario.name} as the first`, address(scenario, "first")), chip("second", `${scenario.name} as the second`, address(scenario, "second")), gone);
      return row;
    }));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-keep]");
    if (!button) return;
    const scenario = JSON.parse(button.dataset.keep);
    const done = keep([...kept().filter((each) => each.name !== scenario.name), scenario]);
    button.textContent = done ? "Kept" : "This browser keeps nothing";
    list();
  });
  document.addEventListener("toggle", (event) => { if (event.target.id === "scenarios") list(); }, true);
})();
