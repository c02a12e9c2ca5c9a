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
