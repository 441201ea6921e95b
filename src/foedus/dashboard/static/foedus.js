"use strict";
// The page works without this script. With it, controls answer at once, the address follows, and text can be copied.
(() => {
  const form = document.querySelector("form[data-live]");
  const result = document.getElementById("result");
  const FAILED = "That could not be answered; ask again in a moment.";
  const written = {
    per_cent: (v) => `${(100 * v).toFixed(1)} %`,
    points: (v) => `${v < 0 ? "−" : v > 0 ? "+" : "±"}${Math.abs(100 * v).toFixed(1)} points`,
    plain: (v) => String(v),
  };

  // A select marked as stops becomes a slider over its options; the select keeps the value and is hidden.
  function sliderOver(select) {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = "0";
    slider.max = String(select.options.length - 1);
    slider.step = "1";
    slider.value = String(select.selectedIndex);
    slider.id = `${select.id}-slider`;
    slider.dataset.over = select.id;
    const help = select.getAttribute("aria-describedby");
    if (help) slider.setAttribute("aria-describedby", help);
    select.hidden = true;
    document.querySelector(`label[for="${select.id}"]`).htmlFor = slider.id;
    select.after(slider);
    return slider;
  }

  function say(input) {
    const name = input.dataset.over || input.id;
    const out = document.getElementById(`${name}-out`);
    if (!out) return;
    const text = input.dataset.over
      ? document.getElementById(name).options[Number(input.value)].text
      : written[input.dataset.shown || "plain"](Number(input.value));
    out.value = text;
    input.setAttribute("aria-valuetext", text);
  }

  function address() {
    const asked = new URLSearchParams();
    for (const field of form.elements) {
      if (!field.name || field.disabled || (field.type === "checkbox" && !field.checked)) continue;
      const same = field.dataset.own !== undefined && field.dataset.own !== "" &&
        (field.type === "range" ? Number(field.dataset.own) === Number(field.value) : field.dataset.own === field.value);
      if (field.value.trim() !== "" && !same) asked.append(field.name, field.value.trim());
    }
    const query = asked.toString();
    return form.getAttribute("action") + (query ? `?${query}` : "");
  }

  function headers() {
    const draws = typeof window.foedusEmbed === "function" ? "yes" : "no";
    return { "X-Foedus-Part": String(Math.round(result.clientWidth)), "X-Foedus-Draws": draws };
  }

  async function drawn(chart) {
    const box = document.createElement("div");
    const view = await window.foedusEmbed(box, chart.spec, {
      renderer: "svg", actions: false, ast: true, defaultStyle: false, hover: false, tooltip: () => {},
    });
    const svg = box.querySelector("svg");
    svg.querySelectorAll("[role],[aria-roledescription],[aria-label]").forEach((mark) => {
      if (mark.hasAttribute("aria-label")) mark.dataset.label = mark.getAttribute("aria-label");
      ["role", "aria-roledescription", "aria-label"].forEach((name) => mark.removeAttribute(name));
    });
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", chart.label);
    view.finalize();
    return svg;
  }

  // The first chart is drawn before the old answer goes, so that nothing jumps; the others follow one by one in
  // the place of their old pictures, unless the controls have moved on meanwhile.
  async function show(answer) {
    const piece = document.createElement("template");
    piece.innerHTML = answer.html;
    const place = (root, name) => root.querySelector(`#chart-${name} .picture`);
    const [first, ...others] = Object.entries(answer.charts);
    if (first) place(piece.content, first[0]).replaceChildren(await drawn(first[1]));
    for (const [name] of others) {
      const old = place(result, name);
      if (old) place(piece.content, name).replaceChildren(...old.childNodes);
    }
    const open = new Set([...result.querySelectorAll("details[open]")].map((d) => d.dataset.name));
    piece.content.querySelectorAll("details").forEach((d) => { if (open.has(d.dataset.name)) d.open = true; });
    result.replaceChildren(piece.content);
    for (const [name, chart] of others) {
      await new Promise((resolve) => setTimeout(resolve)); // let the browser show what is there
      if (wanted !== null) return;
      place(result, name).replaceChildren(await drawn(chart));
    }
  }

  // One request at a time; when it comes back and the controls have moved on, the latest state is asked for.
  let busy = false;
  let wanted = null;
  async function ask(to) {
    wanted = to;
    if (busy) return;
    busy = true;
    result.setAttribute("aria-busy", "true");
    while (wanted !== null) {
      const now = wanted;
      wanted = null;
      try {
        const answer = await fetch(now, { headers: headers() });
        await show(await answer.json());
        history.replaceState(null, "", now);
      } catch {
        result.textContent = FAILED;
      }
    }
    busy = false;
    result.setAttribute("aria-busy", "false");
    result.dataset.count = String(Number(result.dataset.count || "0") + 1);
  }

  if (form && result) {
    document.documentElement.classList.add("live");
    form.querySelectorAll("select[data-stops]").forEach(sliderOver);
    form.querySelectorAll("input[type=range]").forEach(say);
    form.addEventListener("input", (event) => {
      const input = event.target;
      if (input.dataset.over) document.getElementById(input.dataset.over).selectedIndex = Number(input.value);
      if (input.type === "range") say(input);
      if (input.type === "range" || input.type === "checkbox" || input.tagName === "SELECT") {
        if (input.dataset.restart !== undefined) location.assign(address());
        else ask(address());
      }
    });
    form.addEventListener("change", (event) => {
      if (["text", "textarea", "number", "date"].includes(event.target.type)) ask(address());
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); ask(address()); });
    const narrow = result.clientWidth < 560;
    if (result.querySelector(".chart") && narrow !== (Number(result.dataset.width) < 560)) ask(address());
  }

  // A browser that allows the page no clipboard may still copy what is selected.
  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "hidden";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  }

  // A pasted article travels in the part of the address that no browser sends to a server.
  const article = document.querySelector("form[data-article]");
  const LONGEST = 60000;

  async function packed(text) {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    let binary = "";
    bytes.forEach((byte) => { binary += String.fromCharCode(byte); });
    return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  }

  async function unpacked(code) {
    const binary = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(stream).text();
  }

  async function read() {
    const body = new FormData(article);
    result.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(article.action, { method: "POST", body, headers: headers() });
      await show(await answer.json());
      const state = new URLSearchParams();
      if (body.get("text") && body.get("text").length <= LONGEST) state.set("text", await packed(body.get("text")));
      if (body.get("day")) state.set("day", body.get("day"));
      history.replaceState(null, "", article.getAttribute("action") + (state.size ? `#${state}` : ""));
    } catch {
      result.textContent = FAILED;
    }
    result.setAttribute("aria-busy", "false");
    result.dataset.count = String(Number(result.dataset.count || "0") + 1);
  }

  if (article) {
    article.addEventListener("submit", (event) => { event.preventDefault(); read(); });
    const state = new URLSearchParams(location.hash.slice(1));
    if (state.has("text")) {
      unpacked(state.get("text")).then((text) => {
        article.elements.text.value = text;
        article.elements.day.value = state.get("day") || "";
        read();
      }).catch(() => { result.textContent = "The text in this address cannot be read; ask for it again."; });
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = button.dataset.copy === "as-address" ? location.href : document.getElementById(button.dataset.copy).textContent;
    const done = button.closest(".tools").querySelector(".done");
    if (await copied(text)) {
      done.textContent = "Copied.";
    } else {
      button.closest(".tools").querySelector("details").open = true;
      done.textContent = "Copying is not allowed here; the text stands below.";
    }
  });

  // Marks of a chart carry their values as a label; show it where the pointer is.
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  document.addEventListener("pointermove", (event) => {
    const mark = event.target.closest ? event.target.closest(".picture svg [data-label]") : null;
    const label = mark && /: /.test(mark.dataset.label) ? mark.dataset.label : "";
    tip.hidden = !label;
    if (!label) return;
    tip.textContent = label;
    tip.style.left = `${Math.max(8, Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 10))}px`;
    tip.style.top = `${event.clientY + 18 + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 12 : event.clientY + 18}px`;
  });
})();
