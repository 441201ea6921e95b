// Answers: one request at a time while a control moves, one step of history when it is let go.
(() => {
  const { $, $$, frame, form, written, address, addressWith } = foedus;
  if (!frame) return;

  function put(parts) {
    for (const [name, html] of Object.entries(parts)) {
      const place = name === "panel" ? $("#panel") : name === "share" ? $("#share") : $(`#part-${name}`);
      if (!place) continue;
      const focus = document.activeElement && place.contains(document.activeElement) ? focusKey(document.activeElement) : null;
      const open = new Set($$("details[open]", place).map((d) => d.dataset.name));
      place.innerHTML = html;
      $$("details", place).forEach((d) => { if (open.has(d.dataset.name)) d.open = true; });
      if (focus) $(focus, place)?.focus({ preventScroll: true });
      if (name === "controls") dress();
      if (name === "panel") { foedus.forgetChart(); foedus.placeGrip?.(); }
    }
  }

  function focusKey(element) {
    if (element.id) return `#${CSS.escape(element.id)}`;
    const stop = element.dataset.value;
    if (stop !== undefined && element.classList.contains("stop")) return `.stop[data-value="${CSS.escape(stop)}"]`;
    if (element.dataset.tab) return `[data-tab="${element.dataset.tab}"]`;
    return null;
  }

  // While a request takes long: a line after 150 ms, seconds and a way to stop after two.
  let timers = [];
  let control = null;
  function wait(begun) {
    timers.forEach(clearTimeout);
    timers = [];
    const line = $(".working", frame);
    if (!begun) { line.hidden = true; $(".notice.slow", frame)?.remove(); return; }
    const start = performance.now();
    timers.push(setTimeout(() => { line.hidden = false; foedus.say("Working…"); }, 150));
    timers.push(setTimeout(function seconds() {
      let note = $(".notice.slow", frame);
      if (!note) {
        note = notice("", "slow");
        const stop = document.createElement("button");
        stop.type = "button";
        stop.textContent = "Stop";
        stop.addEventListener("click", () => control?.abort());
        note.append(stop);
      }
      note.firstChild.textContent = `Working… ${Math.round((performance.now() - start) / 1000)} s. The answer shown is the last one.`;
      timers.push(setTimeout(seconds, 1000));
    }, 2000));
  }

  function notice(text, kind) {
    $(`.notice.${kind}`, frame)?.remove();
    const line = document.createElement("div");
    line.className = `notice ${kind}`;
    const words = document.createElement("span");
    words.textContent = text;
    line.append(words);
    frame.prepend(line);
    return line;
  }

  function fail(sentence) {
    frame.classList.add("stale");
    notice(sentence, "failed").setAttribute("role", "alert");
  }

  function rest(milliseconds, signal) {
    return new Promise((resolve, reject) => {
      setTimeout(resolve, milliseconds);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  }

  // A busy server is asked again once, and one that warms up until it is warm: it says after how long.
  async function fetched(to, headers, quiet) {
    control = new AbortController();
    const { signal } = control;
    for (let tries = 1; ; tries += 1) {
      const answer = await fetch(to, { headers, signal });
      const seconds = Number(answer.headers.get("retry-after"));
      const most = answer.status === 503 || quiet ? 30 : 1;
      if (![429, 503].includes(answer.status) || !seconds || tries > most || wanted !== null) return answer;
      if (!quiet) notice(answer.status === 429
        ? `The server is busy; asking again in ${seconds} s.`
        : `The server has just started and works this out; asking again in ${seconds} s.`, "slow");
      await rest(1000 * seconds, signal);
      if (wanted !== null) return answer;
    }
  }

  // The front page has one view and no tabs.
  function sameTab(to) {
    const first = $(".tabs [data-tab]")?.dataset.tab;
    return (new URL(to, location.href).searchParams.get("view") || first || frame.dataset.tab) === frame.dataset.tab;
  }

  // The latest question wins: {to, kind} with kind "move" while a control moves and "all" when it rests.
  let wanted = null;
  let whole = true;
  async function ask(to, kind = "all", options = {}) {
    wanted = { to, kind, ...options };
    if (foedus.busy) return;
    foedus.busy = true;
    frame.setAttribute("aria-busy", "true");
    while (wanted !== null) {
      const now = wanted;
      wanted = null;
      // A drawing repeats what the server's picture already says: it is waited for, and it fails, without a word.
      const quiet = now.kind === "draw";
      wait(!quiet);
      try {
        const headers = { "X-Foedus-Part": now.kind, ...(sameTab(now.to) ? foedus.chartHeaders() : {}) };
        const reply = await fetched(now.to, headers, quiet);
        const answer = await reply.json();
        wait(false);
        if (!reply.ok && (quiet || (wanted !== null && now.kind === "move"))) continue;
        if (!reply.ok) { fail(answer.error || "The question could not be answered."); continue; }
        panels = null;
        frame.classList.remove("stale");
        $$(".notice", frame).forEach((line) => line.remove());
        show(answer, now);
        await foedus.drawChart(answer.chart);
        whole = now.kind === "all";
        foedus.tellShown(answer);
        // A panel comes with the server's picture; where the browser can draw, it draws to the place.
        if (answer.parts.panel !== undefined && $(".chart", frame) && wanted === null) {
          if (foedus.chartsReady()) wanted = { to: now.to, kind: "draw" }; else foedus.begin();
        }
      } catch (error) {
        wait(false);
        if (!quiet) fail(error.name === "AbortError" ? "Stopped. The answer shown is the last one." : "That could not be answered; ask again in a moment.");
      }
    }
    foedus.busy = false;
    frame.setAttribute("aria-busy", "false");
    frame.dataset.count = String(Number(frame.dataset.count || "0") + 1);
  }
  foedus.ask = ask;

  foedus.fail = fail;
  let panels = null; // of an article that was sent: no other tab of it can be asked for
  foedus.showWhole = (answer) => {
    panels = answer.panels || null;
    frame.classList.remove("stale");
    $$(".notice", frame).forEach((line) => line.remove());
    show(answer, { kind: "all" });
    foedus.tellShown(answer);
  };

  function show(answer, now) {
    const parts = { ...answer.parts };
    if (!now.controls) delete parts.controls;
    if (frame.dataset.tab !== answer.tab || parts.panel !== undefined) {
      frame.dataset.tab = answer.tab;
      const panel = $("#panel");
      panel.className = `panel panel-${answer.tab}`;
      if (answer.tab === "chart" || answer.tab === "map") panel.removeAttribute("tabindex"); else panel.tabIndex = 0;
    }
    put(parts);
    mark();
    document.title = `${answer.title} · foedus`;
    if (now.kind === "all") foedus.say(answer.title);
  }

  // One step of history for each control that was let go.
  let steps = 0;
  history.replaceState({ step: history.state?.step ?? 0 }, "");
  steps = history.state.step;
  let furthest = steps;
  function settle(to, options = {}) {
    if (to !== location.pathname + location.search) {
      steps += 1;
      furthest = steps;
      history.pushState({ step: steps }, "", to);
      place = to;
    }
    undoable();
    return ask(to, "all", options);
  }
  foedus.settle = settle;

  function undoable() {
    const [undo, redo] = [$("[data-undo]"), $("[data-redo]")];
    if (undo) undo.disabled = steps === 0;
    if (redo) redo.disabled = steps >= furthest;
  }

  // Another text after the # is the article's own to read: asking for the page would put it out again.
  let place = location.pathname + location.search;
  addEventListener("popstate", () => {
    const to = location.pathname + location.search;
    if (to === place && location.hash) return;
    place = to;
    steps = history.state?.step ?? 0;
    undoable();
    ask(to, "all", { controls: true });
  });

  // The controls: sliders over lists, values beside the labels, and the way back of each.
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
    $(`label[for="${select.id}"]`).htmlFor = slider.id;
    select.after(slider);
  }

  function sayValue(input) {
    const name = input.dataset.over || input.id;
    const out = document.getElementById(`${name}-out`);
    const own = input.dataset.over ? document.getElementById(name).dataset.own : input.dataset.own;
    const value = input.dataset.over ? document.getElementById(name).value : input.value;
    const text = input.dataset.over
      ? document.getElementById(name).options[Number(input.value)].text
      : written[input.dataset.shown || "plain"](Number(input.value));
    if (out) out.value = text;
    input.setAttribute("aria-valuetext", text);
    const box = input.closest(".control");
    const same = own === "" && !input.dataset.over ? true : input.dataset.over ? own === value : Number(own) === Number(value);
    box.classList.toggle("moved", !same);
    const back = $(".back", box);
    if (back) back.hidden = same;
    const tick = $(".tick", box);
    if (tick && own !== "") {
      const part = (Number(own) - Number(input.min)) / (Number(input.max) - Number(input.min));
      tick.style.left = `calc(${10 + 100 * part}px + ${100 * part}% - ${120 * part}px)`;
      tick.hidden = same;
    }
  }

  function dress() {
    const fields = form();
    if (!fields) return;
    $$("select[data-stops]", fields).forEach((select) => { if (!document.getElementById(`${select.id}-slider`)) sliderOver(select); });
    $$("input[type=range]", fields).forEach(sayValue);
    mark();
  }

  function mark() {
    $$("[data-set]").forEach((chip) => {
      const field = document.getElementById(chip.dataset.set);
      if (!field) return;
      if (Number(field.value) === Number(chip.dataset.value)) chip.setAttribute("aria-current", "true");
      else chip.removeAttribute("aria-current");
    });
    const reset = $("[data-reset]");
    if (reset) reset.toggleAttribute("aria-disabled", false);
    undoable();
  }

  const asks = (input) => input.form === form() && input.form !== null;
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!asks(input) || !["range"].includes(input.type)) return;
    if (input.dataset.over) document.getElementById(input.dataset.over).selectedIndex = Number(input.value);
    sayValue(input);
    mark();
    ask(address(), "move");
  });
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!asks(input) || input.type === "file") return;
    if (input.type === "range") sayValue(input);
    if (input.dataset.restart !== undefined) { location.assign(address()); return; }
    settle(address());
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    settle(address());
  });

  foedus.set = (id, value) => {
    const field = document.getElementById(id);
    if (!field) return;
    field.value = value;
    if (field.tagName === "SELECT") {
      const slider = document.getElementById(`${id}-slider`);
      if (slider) { slider.value = String(field.selectedIndex); sayValue(slider); }
    } else if (field.type === "range") sayValue(field);
    settle(address());
  };

  document.addEventListener("click", (event) => {
    const plain = !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain) return;
    const target = event.target.closest("a,button");
    if (!target) return;
    if (target.dataset.set) { event.preventDefault(); foedus.set(target.dataset.set, target.dataset.value); }
    else if (target.dataset.back) { foedus.set(target.dataset.back, document.getElementById(target.dataset.back).dataset.own); }
    else if (target.dataset.undo !== undefined) history.back();
    else if (target.dataset.redo !== undefined) history.forward();
    else if (target.dataset.reset !== undefined) { event.preventDefault(); settle(target.pathname + target.search, { controls: true }); }
    else if (target.dataset.tab) { event.preventDefault(); foedus.open(target.dataset.tab, target); }
    else if (target.dataset.swap !== undefined) {
      event.preventDefault();
      const given = new URLSearchParams(target.search);
      for (const name of ["view", "chart"]) foedus.carry(name, given.get(name));
      settle(target.pathname + target.search);
    }
  });

  foedus.open = (tab, link = $(`.tabs [data-tab="${tab}"]`)) => {
    if (!link || frame.dataset.tab === tab) return;
    if (panels && panels[tab] !== undefined) {
      show({ parts: { panel: panels[tab] }, tab, title: document.title.replace(/ · foedus$/, "") }, { kind: "move" });
      $$(".tabs [data-tab]").forEach((item) => item.toggleAttribute("aria-current", item.dataset.tab === tab));
      return;
    }
    foedus.carry("view", new URL(link.href).searchParams.get("view"));
    const to = addressWith({ view: new URL(link.href).searchParams.get("view") }, form() ? address() : location.pathname + location.search);
    settle(to);
  };

  // A browser that allows the page no clipboard may still copy what is selected.
  foedus.copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "hidden";
      (document.querySelector(":popover-open") || document.body).append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const done = await foedus.copied(document.getElementById(button.dataset.copy).textContent.trim());
    const words = done ? "Copied." : "Copying is not allowed here; select the text.";
    const line = button.closest(".sheet")?.querySelector(".done");
    if (line) line.textContent = words; else foedus.say(words);
    if (done) { button.textContent = "Copied"; setTimeout(() => { button.textContent = "Copy"; }, 2000); }
  });

  dress();
  undoable();

  // The library that draws is fetched when a control is touched, or when there is nothing else to do; then the
  // chart is drawn to its place.
  async function redraw() {
    if (!$(".chart", frame) || !(await foedus.loadCharts())) return;
    if (!foedus.busy && ["chart", "map"].includes(frame.dataset.tab)) ask(location.pathname + location.search, "draw");
  }
  let begun = false;
  const begin = () => { if (!begun) { begun = true; redraw(); } };
  foedus.begin = begin;
  foedus.redraw = redraw;
  addEventListener("pointerdown", begin, { once: true });
  document.addEventListener("focusin", (event) => { if (event.target.closest(".controls")) begin(); });
  if ($(".chart", frame)) addEventListener("load", () => (window.requestIdleCallback || setTimeout)(begin, { timeout: 4000 }));
  let size = 0;
  new ResizeObserver(() => {
    clearTimeout(size);
    size = setTimeout(() => { if (begun && foedus.chartsReady()) redraw(); }, 250);
  }).observe(frame);
})();
