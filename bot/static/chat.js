// Sends, asks for what is new, keeps what is typed. Without it the page's forms still work.
const [page, log, list, box, composer, choices, notice, waiting, down, pattern] = [
  "chat", "log", "list", "text", "composer", "choices", "notice", "waiting", "down", "pending",
].map((id) => document.getElementById(id));
const words = page.dataset;
let { cursor, token } = words;

// --- What outlives this page: the draft, and messages not sent yet
const memory = {};

function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? memory[key];
  } catch {
    return memory[key]; // a private window may have none
  }
}

function keep(key, value) {
  memory[key] = value;
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {}
}

const unsent = () => recall("qcdc.unsent") ?? [];
const settle = (id) => keep("qcdc.unsent", unsent().filter((one) => one.id !== id));

// crypto.randomUUID is missing where the page is not served over HTTPS.
const newId = () =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

// --- Drawing
const atEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 80;
const toEnd = () => scrollTo(0, document.documentElement.scrollHeight);

// What changes below keeps the end in sight for who was there.
function staying(change) {
  const follow = atEnd();
  change();
  if (follow) toEnd();
  return follow;
}

function tell(sentence = "") {
  if (notice.textContent === sentence) return;
  staying(() => {
    notice.textContent = sentence;
    notice.hidden = !sentence;
  });
}

const make = (tag, fields) => Object.assign(document.createElement(tag), fields);
const find = (name, value) => list.querySelector(`[data-${name}="${value}"]`);
const pending = () => find("key", "");

function drawPending({ id, text }) {
  const item = pattern.content.firstElementChild.cloneNode(true);
  item.dataset.id = id;
  item.querySelector(".said").textContent = text;
  list.append(item);
}

function drawArrived(html) {
  const { content } = make("template", { innerHTML: html });
  return list.insertBefore(content.firstElementChild, pending());
}

function drawDay(entry, item) {
  const last = [...list.querySelectorAll(".day")].pop();
  if (last?.dataset.day >= entry.day) return;
  const day = make("li", { className: "day", textContent: entry.day_name });
  day.dataset.day = entry.day;
  list.insertBefore(day, item);
}

function place(entry) {
  if (find("key", entry.key)) return;
  // The greeting stood here before it was stored, and our own words before they had arrived.
  const shown = entry.id ? find("id", entry.id) : find("key", "machine-0");
  const item = shown ?? drawArrived(entry.html);
  item.dataset.key = entry.key;
  item.querySelector(".when").textContent = entry.time;
  drawDay(entry, item);
  if (entry.id) settle(entry.id);
}

function offer(labels) {
  choices.querySelectorAll("button").forEach((button) => button.remove());
  choices.hidden = !labels.length;
  for (const label of labels) {
    choices.append(make("button", { className: "button", value: label, textContent: label }));
  }
}

function show(news) {
  const some = news.messages.length > 0;
  cursor = news.cursor;
  const followed = staying(() => {
    news.messages.forEach(place);
    if (some) offer(pending() ? [] : news.choices);
    waiting.hidden = !news.waiting;
  });
  if (some && !followed) down.hidden = false;
  return some;
}

// --- Speaking with the server
async function call(path, options) {
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), 20000);
  try {
    const answer = await fetch(path, { ...options, signal: stop.signal });
    return { status: answer.status, said: answer.status < 500 && (await answer.json()) };
  } catch {
    return { status: 0 }; // no connection, or half an answer
  } finally {
    clearTimeout(clock);
  }
}

const post = (message) => call("/messages", {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-CSRFToken": token },
  body: JSON.stringify({ ...message, after: cursor }),
});

let sending, retry;
let pause = 1;

function sendAgain(sentence, seconds) {
  tell(sentence);
  list.querySelectorAll('[data-key=""] .when').forEach((when) => {
    when.textContent = words.unsent;
  });
  clearTimeout(retry);
  retry = setTimeout(flush, seconds * 1000);
}

// The words go back into the box, before what was typed since.
function giveBack({ id, text }) {
  find("id", id)?.remove();
  box.value = [text, box.value].filter(Boolean).join("\n");
  typed();
}

// True when the next message may follow.
async function deliver(message) {
  let answer = await post(message);
  if (answer.said?.csrf) {
    token = answer.said.csrf;
    answer = await post(message);
  }
  const { status, said } = answer;
  if (status === 429) sendAgain(words.tooMany, 60);
  else if (!said) sendAgain(status ? words.busy : words.offline, (pause = Math.min(pause * 2, 30)));
  else {
    pause = 1;
    settle(message.id);
    tell(said.message);
    if (said.error) giveBack(message);
    else show(said);
    return true;
  }
}

async function flush() {
  if (sending) return;
  sending = true;
  for (let next; (next = unsent()[0]) && (await deliver(next)); );
  sending = false;
  talkedAt = Date.now();
  askLater();
}

// --- Asking for what is new: each second while talking, slower when idle, never when hidden
let talkedAt = Date.now();
let delay = 1;
let timer;

function askLater() {
  clearTimeout(timer);
  if (document.hidden) return;
  const talking = !waiting.hidden || Date.now() - talkedAt < 30000;
  delay = talking && notice.hidden ? 1 : Math.min(delay * 1.4, 15);
  timer = setTimeout(ask, delay * (800 + Math.random() * 400));
}

async function ask() {
  const from = cursor;
  const { status, said } = await call(`/messages?after=${from}`);
  if (!status) tell(words.offline);
  else if (notice.textContent === words.offline) {
    tell();
    flush();
  }
  // Asked before a message was sent: older than what is shown.
  if (status === 200 && from === cursor && !sending && show(said)) talkedAt = Date.now();
  askLater();
}

// --- What the person does
function send(text) {
  const message = { id: newId(), text };
  keep("qcdc.unsent", [...unsent(), message]);
  offer([]);
  drawPending(message);
  toEnd();
  flush();
}

function typed() {
  staying(() => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  });
  keep("qcdc.draft", box.value);
}

function sendTyped(event) {
  event.preventDefault();
  const text = box.value;
  if (!text.trim()) tell(words.empty);
  else if ([...text].length > words.longest) tell(words.tooLong);
  else {
    tell();
    box.value = "";
    typed();
    send(text);
  }
  box.focus();
}

composer.onsubmit = sendTyped;
box.onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) sendTyped(event);
};
box.oninput = () => {
  typed();
  if (notice.textContent !== words.offline) tell();
};

choices.onclick = (event) => {
  const label = event.target.value;
  if (!label) return;
  event.preventDefault();
  send(label);
  log.focus({ preventScroll: true }); // the box would open a keyboard
};

box.onpaste = window.ondrop = (event) => {
  const { files, types } = event.clipboardData ?? event.dataTransfer;
  if (!files.length || types.includes("text/plain")) return;
  event.preventDefault();
  tell(words.notText);
};
window.ondragover = (event) => event.preventDefault();
window.onoffline = () => tell(words.offline);
window.ononline = flush;
window.onload = toEnd;
history.scrollRestoration = "manual";
window.onscroll = () => {
  if (atEnd()) down.hidden = true;
};
down.onclick = toEnd;
document.onvisibilitychange = () => (document.hidden ? askLater() : ask());

// --- Taking up where the last visit ended
box.value = box.value || recall("qcdc.draft") || "";
typed();
for (const message of unsent()) {
  if (find("id", message.id)) settle(message.id); // only its answer was lost
  else drawPending(message);
}
if (pending()) offer([]);
flush();
toEnd();
