// A pasted article travels in the part of the address that no browser sends to a server.
(() => {
  const { $, frame } = foedus;
  const article = () => $("form[data-article]");
  if (!article() || !frame) return;
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
    const form = article();
    const body = new FormData(form);
    frame.setAttribute("aria-busy", "true");
    try {
      const reply = await fetch(form.action, { method: "POST", body, headers: { "X-Foedus-Part": "all" } });
      const answer = await reply.json();
      if (!reply.ok) { foedus.fail(answer.error); return; }
      foedus.showWhole(answer);
      document.querySelectorAll("#part-controls details").forEach((part) => { part.open = false; });
      const state = new URLSearchParams();
      if (body.get("text") && body.get("text").length <= LONGEST) state.set("text", await packed(body.get("text")));
      if (body.get("day")) state.set("day", body.get("day"));
      last = state.size ? `#${state}` : "";
      history.replaceState(history.state, "", new URL(form.action).pathname + last);
    } catch {
      foedus.fail("That could not be answered; ask again in a moment.");
    } finally {
      frame.setAttribute("aria-busy", "false");
      frame.dataset.count = String(Number(frame.dataset.count || "0") + 1);
    }
  }

  let last = "";
  document.addEventListener("submit", (event) => {
    if (event.target !== article()) return;
    event.preventDefault();
    read();
  });
  function fromAddress() {
    if (location.hash === last) return;
    const state = new URLSearchParams(location.hash.slice(1));
    if (!state.has("text")) return;
    unpacked(state.get("text")).then((text) => {
      article().elements.text.value = text;
      article().elements.day.value = state.get("day") || "";
      read();
    }).catch(() => foedus.fail("The text in this address cannot be read; ask for it again."));
  }
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
