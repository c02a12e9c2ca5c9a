/* Makes the page a little better; everything works without it. Answers are added to the page instead of loading it anew. */
"use strict";

(function () {
  const status = document.getElementById("status");
  const turns = document.getElementById("turns");

  function tell(name) {
    if (status) { status.textContent = name ? status.dataset[name] : ""; }
  }

  /* The ordinary way: the browser sends the form and shows the page that comes back. */
  function sendPlainly(form, submitter) {
    form.dataset.plain = "1";
    form.requestSubmit(submitter || undefined);
  }

  /* The answer that was newest goes to the earlier ones. */
  function demote(turn) {
    const history = document.getElementById("history"), count = history.querySelectorAll("article").length + 1;
    turn.id = "turn-" + count;
    turn.querySelectorAll(".chips").forEach((chips) => chips.parentElement.remove());
    history.append(turn);
    history.hidden = false;
    document.getElementById("before").textContent = count;
  }

  /* The new answer is announced once: by the focus that moves to it. */
  function show(turn, form) {
    document.querySelectorAll("#turns + .chips").forEach((chips) => chips.remove());
    if (turns.lastElementChild) { demote(turns.lastElementChild); }
    turns.append(document.importNode(turn, true));
    const field = document.getElementById("q");
    if (field && form.contains(field)) { field.value = ""; }
    tell("");
    turns.lastElementChild.querySelector(".answer").focus({ preventScroll: true });
    turns.lastElementChild.scrollIntoView({ block: "nearest" });
  }

  function ask(form, submitter) {
    const request = new XMLHttpRequest();
    form.setAttribute("aria-busy", "true");
    tell("wait");
    request.open("POST", form.action);
    request.responseType = "document";
    request.setRequestHeader("X-Part", "turn");
    request.onloadend = function () {
      form.removeAttribute("aria-busy");
      const turn = request.status === 200 && request.response ? request.response.querySelector("article.turn") : null;
      if (turn) { show(turn, form); } else { tell(""); sendPlainly(form, submitter); }
    };
    request.send(new URLSearchParams(new FormData(form, submitter)));
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!turns || !form.matches("form[data-ask]") || form.dataset.plain) { return; }
    event.preventDefault();
    if (form.getAttribute("aria-busy") !== "true") { ask(form, event.submitter); }
  });

  /* A link to a line or to a place in the text opens what hides it. */
  function reveal() {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    for (let box = target; box; box = box.parentElement) {
      if (box.tagName === "DETAILS") { box.open = true; }
    }
    if (target && target.closest("details")) { target.scrollIntoView({ block: "center" }); }
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  /* A paper that takes seconds: says how far it is, and loads the page anew once it is over. */
  const reading = document.querySelector("[data-reading]");
  function watch() {
    const request = new XMLHttpRequest();
    request.open("GET", reading.dataset.reading);
    request.responseType = "json";
    request.onloadend = function () {
      const told = request.status === 200 ? request.response : null;
      if (!told || told.state === "done" || told.state === "failed") { location.reload(); return; }
      const words = document.getElementById("how-far");
      if (words.textContent !== told.words) { words.textContent = told.words; }
      const bar = reading.querySelector("progress");
      if (told.pages > 1) { bar.max = told.pages; bar.value = told.page - 1; }
      setTimeout(watch, 1000);
    };
    request.send();
  }
  if (reading) { setTimeout(watch, 1000); }

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(".line, .ruler, .history").forEach((box) => { box.open = true; });
  });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  /* How long things are kept: counted down in whole minutes, told to nobody but the eye. */
  const kept = document.querySelector("[data-until]");
  function leave() { location.replace(kept.dataset.over); }
  function stillKept(then) {
    const request = new XMLHttpRequest();
    request.open("GET", kept.dataset.ask);
    request.responseType = "json";
    request.onloadend = function () {
      const at = request.status === 200 && request.response ? request.response.at : 0;
      if (at * 1000 > Date.now()) { kept.dataset.until = at; then(); } else { leave(); }
    };
    request.send();
  }
  function countDown() {
    const left = Number(kept.dataset.until) * 1000 - Date.now();
    const minutes = Math.floor(left / 60000), words = kept.querySelector("[data-left]");
    if (left <= 0) { setTimeout(function () { stillKept(countDown); }, 1000); return; }
    const sentence = minutes === 0 ? words.dataset.few : minutes === 1 ? words.dataset.one : words.dataset.other.replace(/\d+/, minutes);
    if (words.textContent !== sentence) { words.textContent = sentence; }
    setTimeout(countDown, Math.min(15000, left + 500));
  }
  if (kept) {
    countDown();
    /* The Back button may bring a page back from the browser's memory: it is shown only while its papers are still there. */
    window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
    window.addEventListener("pagehide", function () { document.documentElement.classList.add("put-away"); });
    window.addEventListener("pageshow", function (event) {
      if (!event.persisted) { document.documentElement.classList.remove("put-away"); }
    });
  }

  /* Keys of the desk. One letter does something only outside of fields, without Ctrl and the like, and only while wanted. */
  const keys = document.querySelector("[data-keys]");
  function typing(place) { return place.closest("input, textarea, select, [contenteditable]") !== null; }
  function step(by) {
    const stops = [...document.querySelectorAll("[data-stop]")], at = stops.indexOf(document.activeElement);
    const next = stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "start" }); }
  }
  function press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target)) { return; }
    if (!document.getElementById("keys-on").checked) { return; }
    const key = event.key.toLowerCase(), link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (key === "n") { step(1); } else if (key === "p") { step(-1); }
    else if (key === "u") { document.getElementById("file").focus(); }
    else if (link) { link.click(); } else { return; }
    event.preventDefault();
  }
  if (keys) {
    keys.hidden = false;
    const wanted = document.getElementById("keys-on");
    wanted.checked = localStorage.getItem("keys") !== "off";
    wanted.addEventListener("change", function () { localStorage.setItem("keys", wanted.checked ? "on" : "off"); });
    document.addEventListener("keydown", press);
  }
  /* The other language opens at the place that is being read now. Places have the same names in both. */
  const tongue = document.querySelector(".tongue");
  function place() {
    /* On a wide screen the talk stands still beside the papers and tells no place. */
    const column = matchMedia("(min-width: 62rem)").matches ? "main .papers" : "main";
    const places = [...document.querySelectorAll(column + " :is(h2, h3, details, article)[id]")];
    const above = places.filter((box) => box.checkVisibility() && box.getBoundingClientRect().top < 120);
    return window.scrollY > 0 && above.length ? "#" + above[above.length - 1].id : "";
  }
  if (tongue) { tongue.addEventListener("click", function () { tongue.hash = place(); }); }

  const trouble = document.getElementById("trouble");
  if (trouble) { trouble.focus(); }
  const latest = location.hash === "#latest" && document.querySelector("#latest .answer");
  if (latest) { latest.focus({ preventScroll: true }); }
})();
