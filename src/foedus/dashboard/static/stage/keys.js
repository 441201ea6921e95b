// Single keys, which can be switched off and never fire in fields.
(() => {
  const { $, $$, frame } = foedus;
  if (!frame) return;
  const off = $("#keys-off");
  try { off.checked = localStorage.getItem("foedus-keys") === "off"; } catch { /* no storage */ }
  off?.addEventListener("change", () => {
    try { localStorage.setItem("foedus-keys", off.checked ? "off" : "on"); } catch { /* no storage */ }
  });
  const inField = (element) => element.closest("input:not([type=range]):not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !inField(event.target)) {
      event.preventDefault();
      if (event.shiftKey) { if (!$("[data-redo]")?.disabled) history.forward(); }
      else if (!$("[data-undo]")?.disabled) history.back();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target) || off?.checked) return;
    const tabs = $$(".tabs [data-tab]");
    if (event.key === "/") { event.preventDefault(); ($("#picker-words") || $("#picker"))?.focus(); }
    else if (/^[1-6]$/.test(event.key)) { if (tabs[event.key - 1]) foedus.open(tabs[event.key - 1].dataset.tab, tabs[event.key - 1]); }
    else if (event.key === "c" || event.key === "C") $("#share")?.togglePopover();
    else if (event.key === "e" || event.key === "E") $("#editions")?.togglePopover();
    else if (event.key === "?") $("#keys")?.togglePopover();
    else if (event.key === " " && !event.target.closest("button, a, input, summary")) { event.preventDefault(); foedus.play?.(); }
    else return;
  });
  // Arrows walk along the tabs and the stops.
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest(".tabs, .stops ol");
    if (!row || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
    const links = $$(row.matches(".tabs") ? "[data-tab]" : "a", row);
    const at = links.indexOf(event.target.closest("a"));
    if (at < 0) return;
    event.preventDefault();
    const to = event.key === "Home" ? 0 : event.key === "End" ? links.length - 1 : Math.min(links.length - 1, Math.max(0, at + (event.key === "ArrowLeft" ? -1 : 1)));
    links[to].focus();
    links[to].click();
  });
})();
