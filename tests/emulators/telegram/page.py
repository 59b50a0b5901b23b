"""A page to look at the town and to act in it by hand."""

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Emulated Telegram</title>
<style>
 body { font: 15px/1.45 system-ui, sans-serif; margin: 0; display: flex; height: 100vh; }
 nav { width: 15em; padding: 1em; background: #eef1f4; overflow: auto; }
 nav button { display: block; width: 100%; text-align: left; margin: .2em 0; padding: .4em; }
 main { flex: 1; display: flex; flex-direction: column; padding: 1em; min-width: 0; }
 #messages { flex: 1; overflow: auto; }
 .message { margin: .4em 0; padding: .5em .8em; background: #f6f7f8; border-radius: .6em; }
 .message.service { color: #555; font-size: .9em; background: none; }
 .who { font-weight: 600; } .small { color: #555; font-size: .85em; }
 .text { white-space: pre-wrap; overflow-wrap: anywhere; }
 form { display: flex; gap: .5em; } input { flex: 1; padding: .5em; }
 #note { min-height: 1.5em; color: #8a1f11; }
</style>
<nav>
 <label>I am <select id="people"></select></label>
 <div id="chats"></div>
</nav>
<main>
 <div id="messages" aria-live="polite"></div>
 <div id="note" role="status"></div>
 <form id="writing"><input id="text" aria-label="Message" autocomplete="off">
 <button>Send</button></form>
</main>
<script>
const at = id => document.getElementById(id);
let place = null, shown = "";
const post = async (path, body) => {
  const answer = await fetch("/control/" + path, {method: "POST", body: JSON.stringify(body)});
  const told = await answer.json();
  at("note").textContent = told.error || "";
  return told;
};
const act = (verb, body) => post(
  `people/${encodeURIComponent(at("people").value)}/${verb}`, {in: place, ...body});
const made = (tag, text, name) => {
  const element = document.createElement(tag);
  element.textContent = text;
  if (name) element.className = name;
  return element;
};
async function press(message, label) {
  const pressed = await act("presses", {message: message.id, label});
  const who = encodeURIComponent(at("people").value);
  for (let tries = 0; pressed.id && tries < 30; tries++) {
    const told = await (await fetch(`/control/people/${who}/presses/${pressed.id}`)).json();
    if (told.answer !== null) { at("note").textContent = told.answer; return; }
    await new Promise(done => setTimeout(done, 300));
  }
}
function draw(message) {
  const box = made("div", "", "message" + (message.is_service ? " service" : ""));
  box.append(made("span", message.from + " ", "who"));
  const marks = [message.edits ? "edited" : "", message.is_pinned ? "pinned" : "",
    message.is_silent ? "silent" : "", message.kind === "text" ? "" : message.kind];
  box.append(made("span", `#${message.id} ${marks.join(" ")}`, "small"));
  box.append(made("div", message.text, "text"));
  for (const row of message.buttons) {
    const line = made("div", "");
    for (const button of row) {
      const pushed = made("button", button.text);
      pushed.onclick = () => press(message, button.text);
      line.append(pushed);
    }
    box.append(line);
  }
  const counts = Object.entries(message.reactions).map(([emoji, n]) => `${emoji} ${n}`);
  box.append(made("div", counts.join("  "), "small"));
  return box;
}
async function look() {
  const town = await (await fetch("/control/town")).json();
  const chosen = at("people").value;
  at("people").replaceChildren(...town.people.map(p => made("option", p.first_name)));
  if (chosen) at("people").value = chosen;
  const places = [...town.chats.filter(c => c.type !== "private").map(c => [c.title, c.id]),
    ...town.bots.map(b => ["@" + b.username, b.username])];
  place = place ?? places[0][1];
  at("chats").replaceChildren(...places.map(([name, id]) => {
    const choice = made("button", (id === place ? "• " : "") + name);
    choice.onclick = () => { place = id; look(); };
    return choice;
  }));
  const path = `/control/people/${encodeURIComponent(at("people").value)}/chats/${place}`;
  const messages = await (await fetch(path)).json();
  const now = JSON.stringify([place, messages]);
  if (now !== shown && Array.isArray(messages)) {
    shown = now;
    at("messages").replaceChildren(...messages.map(draw));
    at("messages").scrollTop = at("messages").scrollHeight;
  }
}
at("writing").onsubmit = async event => {
  event.preventDefault();
  const text = at("text").value;
  if (text) { at("text").value = ""; await act("writes", {text}); await look(); }
};
look(); setInterval(look, 1000);
</script>
</html>
"""
