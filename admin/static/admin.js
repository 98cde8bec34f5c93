// What the pages gain from a script; all of them work without one.
"use strict";

// The words that a figure came from light up while the figure is pointed at or focused.
function wordsOf(link) {
  const { value, message } = link.dataset;
  if (value) {
    return [...document.querySelectorAll("mark[data-values]")].filter((mark) =>
      mark.dataset.values.split(" ").includes(value),
    );
  }
  const bubble = message && document.getElementById(`tin-${message}`);
  return bubble ? [bubble] : [];
}

function intoView(words) {
  const talk = words.closest(".talk");
  if (!talk || talk.scrollHeight <= talk.clientHeight) return;
  const place = words.getBoundingClientRect();
  const frame = talk.getBoundingClientRect();
  if (place.top < frame.top || place.bottom > frame.bottom) {
    talk.scrollTop += place.top - frame.top - talk.clientHeight / 3;
  }
}

function light(link, isOn) {
  const words = wordsOf(link);
  words.forEach((one) => one.classList.toggle("is-shown", isOn));
  if (isOn && words.length) intoView(words[0]);
}

for (const link of document.querySelectorAll("a[data-value], a[data-message]")) {
  for (const event of ["mouseenter", "focus"]) link.addEventListener(event, () => light(link, true));
  for (const event of ["mouseleave", "blur"]) link.addEventListener(event, () => light(link, false));
}

// And back: pointing at the words lights up the figure.
for (const mark of document.querySelectorAll("mark[data-values]")) {
  const figures = mark.dataset.values
    .split(" ")
    .filter(Boolean)
    .flatMap((id) => [...document.querySelectorAll(`.source[data-value="${CSS.escape(id)}"]`)]);
  mark.addEventListener("mouseenter", () => figures.forEach((one) => one.classList.add("is-shown")));
  mark.addEventListener("mouseleave", () =>
    figures.forEach((one) => one.classList.remove("is-shown")),
  );
}

// Choosing all clean reports needs no new page.
for (const link of document.querySelectorAll("a[data-choose-all]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of link.closest("form").querySelectorAll('input[name="report"]')) {
      box.checked = true;
    }
  });
}

// A ready sentence is a beginning: it goes into the field, to be changed there.
for (const choice of document.querySelectorAll('select[name^="ready-"]')) {
  choice.addEventListener("change", () => {
    const field = document.getElementById(choice.id.replace("cau-", "hoi-"));
    if (choice.value && !field.value.trim()) field.value = choice.value;
  });
}

// Where a number of a brief comes from, beside it; on a narrow screen its link opens a page.
const panel = document.getElementById("nguon");
let wanted = null;

async function showSources(link) {
  if (wanted === link) return;
  wanted?.classList.remove("is-shown");
  wanted = link;
  link.classList.add("is-shown");
  try {
    const answer = await fetch(`${link.href}?manh=1`, { redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const piece = await answer.text();
    if (wanted === link) panel.innerHTML = piece;
  } catch {
    if (wanted === link) panel.textContent = panel.dataset.failed;
    wanted = null;
  }
}

if (panel) {
  let pause;
  for (const link of document.querySelectorAll("a[data-number]")) {
    const soon = () => {
      if (!panel.offsetParent) return;
      clearTimeout(pause);
      pause = setTimeout(() => showSources(link), 200);
    };
    link.addEventListener("mouseenter", soon);
    link.addEventListener("focus", soon);
    link.addEventListener("mouseleave", () => clearTimeout(pause));
    link.addEventListener("click", (event) => {
      if (!panel.offsetParent || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      clearTimeout(pause);
      showSources(link);
    });
  }
}

// One form is sent once, however often the button is pressed.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.querySelector(".menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
