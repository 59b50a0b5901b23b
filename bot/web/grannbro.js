// What the server can't do for a page: keep the focus, the draft and its language.
(() => {
  // A card is drawn again when something changes on it; whoever came by keyboard stays on it.
  let focused = null;
  addEventListener("pointerdown", () => { focused = null; }, true);
  addEventListener("focusin", event => {
    const named = event.target.closest("[data-focus]");
    const line = event.target.closest("[data-message]");
    focused = named && { name: named.dataset.focus, line: line && line.dataset.message };
  });
  const find = (attribute, value) => document.querySelector(`[${attribute}="${CSS.escape(value)}"]`);
  new MutationObserver(() => {
    if (!focused || document.activeElement !== document.body) return;
    const again = find("data-focus", focused.name) || (focused.line && find("data-message", focused.line));
    if (again) again.focus({ preventScroll: true });
  }).observe(document, { childList: true, subtree: true });

  // What somebody types survives a reload, a lost connection and a restart of the server.
  addEventListener("input", event => {
    const box = event.target.closest("[data-draft]");
    if (box) sessionStorage.setItem(`draft ${box.dataset.draft}`, event.target.value);
  });
  window.grannbro = {
    drafts: () => Object.fromEntries(
      Object.entries(sessionStorage)
        .filter(([key, value]) => key.startsWith("draft ") && value)
        .map(([key, value]) => [key.slice(6), value])),
    sent: room => sessionStorage.removeItem(`draft ${room}`),
    at: query => history.replaceState(null, "", query),
    toEnd: id => { const box = getHtmlElement(id); if (box) box.scrollTop = box.scrollHeight; },
  };
})();
