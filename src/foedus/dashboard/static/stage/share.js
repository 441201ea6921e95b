// Cite and share: addresses with the name of this server, and the phone's own way to send one.
(() => {
  const { $, $$, onShown } = foedus;
  const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

  function fill() {
    const sheet = $("#share");
    if (!sheet) return;
    for (const place of $$("[data-absolute]", sheet)) place.textContent = location.origin + place.dataset.absolute;
    for (const place of $$("[data-embed]", sheet)) {
      const title = place.dataset.title.replaceAll('"', "&quot;");
      place.textContent = `<iframe src="${location.origin}${place.dataset.embed}" width="100%" height="480" loading="lazy" title="${title}"></iframe>`;
    }
    for (const line of $$("[data-local]", sheet)) line.hidden = !LOCAL.includes(location.hostname);
    const list = $(".share-list", sheet);
    if (!navigator.share || !matchMedia("(max-width: 820px)").matches || !list || $("[data-send]", sheet)) return;
    const send = document.createElement("button");
    send.type = "button";
    send.className = "dark";
    send.dataset.send = "";
    send.textContent = "Send …";
    send.addEventListener("click", () => {
      navigator.share({ title: document.title, text: $("#share-citation").textContent, url: $("#share-address").textContent }).catch(() => {});
    });
    list.before(send);
  }

  fill();
  onShown(fill);
})();
