// The ladder of offers: a rung sets the boxes of what the broker may offer, so that the form keeps the address.
(() => {
  const { $, $$ } = foedus;
  // Another decision takes the place of one's own question; heard before the form asks.
  document.addEventListener("change", (event) => {
    if (event.target.id !== "c-file" || event.target.value === "") return;
    for (const name of ["issue", "member"]) { const field = $(`#c-${name}`); if (field) field.value = ""; }
    $$('input[name="against"], input[name="unsure"], input[name="suppose"], input[name="offer"]').forEach((box) => { box.checked = false; });
  }, true);
  document.addEventListener("click", (event) => {
    const rung = event.target.closest("[data-offer]");
    if (!rung || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    const offered = new Set(rung.dataset.offer.split(",").filter(Boolean));
    $$('input[name="offer"]').forEach((box) => { box.checked = offered.has(box.value); });
    foedus.settle(foedus.address());
  });
})();
