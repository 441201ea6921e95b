// Charts drawn in the browser: the library comes with the first touch of a control or when nothing else is to do.
// A specification stays; on a move its rows alone are changed.
(() => {
  const { $, frame } = foedus;
  let library = null;
  let held = null; // {name, shape, view, box}

  foedus.chartsReady = () => typeof window.foedusEmbed === "function";
  foedus.loadCharts = () => {
    library ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.type = "module";
      script.src = document.body.dataset.charts;
      script.onload = () => resolve(true);
      script.onerror = () => resolve(false);
      document.head.append(script);
    });
    return library;
  };

  const figure = () => $(".chart", frame || document);

  foedus.chartHeaders = () => {
    const place = figure();
    if (!place || !foedus.chartsReady()) return {};
    const box = $(".live", place) && !$(".live", place).hidden ? $(".live", place) : place;
    const style = getComputedStyle(place);
    const width = place.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const headers = { "X-Foedus-Box": `${Math.round(width)}x${Math.round(place.clientHeight)}` };
    if (held && held.view && box.isConnected && held.name === place.dataset.chart) headers["X-Foedus-Holds"] = held.shape;
    return headers;
  };

  function quiet(svg, label) {
    svg.querySelectorAll("[role],[aria-roledescription],[aria-label]").forEach((mark) => {
      if (mark.hasAttribute("aria-label")) mark.dataset.label = mark.getAttribute("aria-label");
      ["role", "aria-roledescription", "aria-label"].forEach((name) => mark.removeAttribute(name));
    });
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  }

  foedus.drawChart = async (chart) => {
    const place = figure();
    if (!place || !chart) return;
    const live = $(".live", place);
    if (held && held.shape === chart.shape && held.live === live && !chart.spec) {
      for (const [name, rows] of Object.entries(chart.rows)) held.view.data(name, rows);
      await held.view.runAsync();
    } else {
      if (!chart.spec) return;
      const made = document.createElement("div");
      const { view } = await window.foedusEmbed(made, { ...chart.spec, datasets: chart.rows }, {
        renderer: "svg", actions: false, logLevel: 1, ast: true, defaultStyle: false, hover: false, tooltip: () => {},
      });
      if (held) held.view.finalize();
      live.replaceChildren(...made.childNodes);
      held = { name: chart.name, shape: chart.shape, view, live };
      window.foedusView = view;
    }
    place.dataset.chart = chart.name;
    if (chart.bar) place.dataset.bar = chart.bar; else delete place.dataset.bar;
    const svg = $("svg", live);
    quiet(svg, chart.label);
    if (!svg.hasAttribute("viewBox")) svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    place.querySelectorAll(".wide, .slim").forEach((old) => { old.hidden = true; });
    live.hidden = false;
    foedus.placeGrip?.();
  };

  foedus.forgetChart = () => { held = null; };

  // Marks carry their values as a label; show it where the pointer is.
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  function point(event) {
    const mark = event.target.closest ? event.target.closest(".picture svg [data-label]") : null;
    const label = mark && /: /.test(mark.dataset.label) ? mark.dataset.label : "";
    tip.hidden = !label;
    if (!label) return;
    tip.textContent = label;
    tip.style.left = `${Math.max(8, Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 10))}px`;
    tip.style.top = `${event.clientY + 18 + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 12 : event.clientY + 18}px`;
  }
  document.addEventListener("pointermove", point);
  document.addEventListener("pointerdown", point);
})();
