// The rail: stops are links that answer in place, play walks along them, and the bar on the chart is dragged.
(() => {
  const { $, $$, frame } = foedus;
  if (!frame) return;
  const stopsOf = () => $$(".stops:not([hidden]) a.stop", frame);

  function go(stop) {
    const given = new URL(stop.href).searchParams;
    for (const name of stop.closest(".stops").dataset.fields.split(",")) foedus.carry(name, given.get(name));
    foedus.begin?.();
    return foedus.settle(foedus.address());
  }
  document.addEventListener("click", (event) => {
    const stop = event.target.closest(".stops a.stop");
    if (stop && !event.metaKey && !event.ctrlKey && !event.shiftKey) { event.preventDefault(); halt(); go(stop); }
    const open = event.target.closest("[data-open-rail]");
    if (open) show(open.dataset.openRail);
    if (event.target.closest("[data-play]")) foedus.play();
  });

  let opened = null;
  function show(name) {
    opened = name;
    $$(".stops", frame).forEach((rail) => { rail.hidden = rail.dataset.name !== name; });
    $$("[data-open-rail]", frame).forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.openRail === name)));
  }
  foedus.onShown(() => { if (opened) show(opened); });

  // Play stops by itself at the end, with any key and with any touch.
  let playing = 0;
  function halt() { playing += 1; $$("[data-play]").forEach((b) => b.classList.remove("on")); }
  foedus.play = async () => {
    if ($("[data-play].on", frame)) { halt(); return; }
    const stops = stopsOf();
    if (!stops.length) return;
    const mine = (playing += 1);
    let at = stops.findIndex((s) => s.hasAttribute("aria-current"));
    if (at === stops.length - 1) at = -1;
    $$("[data-play]").forEach((b) => b.classList.add("on"));
    const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1600 : 800;
    for (at += 1; at < stops.length && mine === playing; at += 1) {
      const next = stopsOf()[at];
      if (!next) break;
      const begun = performance.now();
      await go(next);
      while (foedus.busy) await new Promise((resolve) => setTimeout(resolve, 20));
      if (mine !== playing) return;
      $$("[data-play]").forEach((b) => b.classList.add("on"));
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, pause - (performance.now() - begun))));
    }
    if (mine === playing) halt();
  };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") halt(); });

  // The bar on the chart: its place follows from the view's own scale.
  foedus.placeGrip = () => {
    const place = $(".chart[data-bar]", frame);
    $(".grip", frame)?.remove();
    const field = place && document.getElementById(`c-${place.dataset.bar}`);
    const view = window.foedusView;
    const svg = place && $(".live svg", place);
    if (!field || !view || !svg || $(".live", place).hidden) return;
    const grip = document.createElement("div");
    grip.className = "grip";
    grip.title = "Drag the line";
    const size = svg.viewBox.baseVal;
    const shape = svg.getBoundingClientRect();
    const scale = Math.min(shape.width / size.width, shape.height / size.height);
    const left = (shape.height - scale * size.height) / 2 + shape.top - place.getBoundingClientRect().top;
    const y = view.scale("y");
    const top = view.padding().top;
    const toPixel = (value) => left + scale * (top + y(value));
    const toValue = (pixel) => y.invert((pixel - left) / scale - top);
    const step = Number(field.step);
    const rounded = (value) => Math.min(Number(field.max), Math.max(Number(field.min), Math.round(value / step) * step)).toFixed(4);
    grip.style.top = `${toPixel(Number(field.value))}px`;
    place.append(grip);
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      grip.classList.add("dragged");
      const move = (now) => {
        const value = rounded(toValue(now.clientY - place.getBoundingClientRect().top));
        if (Number(value) === Number(field.value)) return;
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        if (grip.isConnected) grip.style.top = `${toPixel(Number(value))}px`;
      };
      const end = () => {
        document.removeEventListener("pointermove", move);
        grip.classList.remove("dragged");
        field.dispatchEvent(new Event("change", { bubbles: true }));
      };
      document.addEventListener("pointermove", move);
      document.addEventListener("pointerup", end, { once: true });
      document.addEventListener("pointercancel", end, { once: true });
    });
  };
})();
