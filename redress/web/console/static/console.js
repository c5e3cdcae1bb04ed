// Keys, selection, zoom and what else needs the browser's own hands. Every page works without this file.
"use strict";

const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const typing = (target) => target.matches("input:not([type=checkbox], [type=radio]), select, textarea");

// --- the queue -------------------------------------------------------------------------------------------------

function rows() {
  return all("tr[data-number]");
}

function here() {
  return find("tr.here");
}

function go(step) {
  const every = rows();
  if (!every.length) return;
  const at = every.indexOf(here());
  const row = every[Math.min(Math.max(at + step, 0), every.length - 1)];
  here()?.classList.remove("here");
  row.classList.add("here");
  find("a", row).focus();
}

function tellSelected() {
  const count = all("tr[data-number] input:checked").length;
  for (const row of rows()) row.setAttribute("aria-selected", find("input", row)?.checked ?? false);
  const told = find("#selected");
  if (told) told.textContent = count ? `(${count})` : "";
  const button = find("#assign");
  if (button) button.disabled = count === 0;
}

// --- keys ------------------------------------------------------------------------------------------------------

const places = { q: "/console/queue", c: "/console/talks", i: "/console/insights", n: "/console/learning" };
let afterG = false;

const keys = {
  "/": () => find("#find")?.focus(),
  "?": () => find("#keys")?.showModal(),
  j: () => (rows().length ? go(1) : find("#next")?.click()),
  k: () => go(-1),
  o: () => find("a", here() ?? document.createElement("tr"))?.click(),
  x: () => find("input", here() ?? document.createElement("tr"))?.click(),
  a: () => open("approve"),
  d: () => open("decline"),
  e: () => open("ask"),
  n: () => open("note"),
  m: () => find("#mine")?.click(),
};

function open(act) {
  const details = find(`#act-${act}`);
  if (!details) return;
  details.open = true;
  find("[data-first]", details)?.focus();
  details.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    event.target.form.requestSubmit();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target)) return;
  if (afterG && places[event.key]) {
    location.href = places[event.key];
  } else if (event.key === "g") {
    afterG = true;
    setTimeout(() => (afterG = false), 1200);
    return;
  } else if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
  afterG = false;
});

document.addEventListener("change", (event) => {
  if (event.target.id === "every") {
    for (const box of all("tr[data-number] input")) box.checked = event.target.checked;
  }
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  if (event.target.name === "remedy") showAmount(event.target);
  tellSelected();
});

// --- deciding --------------------------------------------------------------------------------------------------

// The button says what it will do, so that nobody has to look twice.
function showAmount(radio) {
  const says = find("#approve-says");
  if (says) says.textContent = radio.dataset.says;
  const row = find("#amount-row");
  if (!row) return;
  const money = radio.dataset.money === "yes";
  const given = Boolean(radio.dataset.net);
  row.hidden = !money;
  find("#amount-says").textContent = given ? "Other amount (lower, with a reason)" : "Amount";
  const amount = find("#amount");
  amount.placeholder = radio.dataset.net || "";
  amount.required = money && radio.dataset.needsAmount === "yes";
  if (!money) amount.value = "";
  showTyped(radio);
}

function showTyped(radio) {
  const other = find("#amount")?.value.trim();
  const reason = find("#approve-reason");
  reason.required = radio.dataset.offered === "no" || Boolean(other && radio.dataset.net);
  reason.placeholder = reason.required ? "" : "optional";
  find("#approve-says").textContent = other ? `${radio.dataset.kind} of ${other}` : radio.dataset.says;
}

document.addEventListener("input", (event) => {
  const radio = find("input[name=remedy]:checked");
  if (event.target.id === "amount" && radio) showTyped(radio);
});

// A second press of a button that is already at work would only meet a changed ticket.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && !button.matches("[data-again]") && !event.target.matches("[method=dialog]")) setTimeout(() => (button.disabled = true));
});

// --- evidence --------------------------------------------------------------------------------------------------

function lightbox() {
  const dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  dialog.innerHTML = `<div class="stage" tabindex="0"><img alt=""></div>
    <div class="row"><span></span><button type="button" data-step="-1">Previous</button>
    <button type="button" data-step="1">Next</button><button type="button" data-zoom>Zoom</button>
    <button type="button" data-close>Close</button></div>`;
  document.body.append(dialog);
  let at = 0;
  const pictures = () => all("a[data-picture]");
  const show = (index) => {
    const every = pictures();
    at = (index + every.length) % every.length;
    find("img", dialog).src = every[at].href;
    find("img", dialog).alt = every[at].dataset.picture;
    find("span", dialog).textContent = `${every[at].dataset.picture} (${at + 1} of ${every.length})`;
    dialog.classList.remove("zoomed");
  };
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]") || event.target === dialog) dialog.close();
    else if (event.target.closest("[data-step]")) show(at + Number(event.target.dataset.step));
    else if (event.target.closest("[data-zoom], .stage")) dialog.classList.toggle("zoomed");
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "j") show(at + 1);
    if (event.key === "ArrowLeft" || event.key === "k") show(at - 1);
    if (event.key === "z") dialog.classList.toggle("zoomed");
  });
  return (link) => {
    show(pictures().indexOf(link));
    dialog.showModal();
  };
}

let openPicture;
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-picture]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  openPicture ??= lightbox();
  openPicture(link);
});

// --- conversations ---------------------------------------------------------------------------------------------

function toTheEnd() {
  for (const box of all("[data-end]")) box.scrollTop = box.scrollHeight;
}

let typedAt = 0;
document.addEventListener("input", (event) => {
  const to = event.target.dataset?.typing;
  if (!to || Date.now() - typedAt < 3000) return;
  typedAt = Date.now();
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  fetch(to, { method: "POST", headers: token });
});

document.addEventListener("htmx:afterSwap", (event) => {
  tellSelected();
  if (event.target.id === "lines" && event.target.dataset.count !== event.target.querySelectorAll("li").length.toString()) {
    event.target.dataset.count = event.target.querySelectorAll("li").length.toString();
    toTheEnd();
  }
});

document.addEventListener("DOMContentLoaded", () => {
  tellSelected();
  toTheEnd();
  const chosen = find("input[name=remedy]:checked");
  if (chosen) showAmount(chosen);
  find("#next[data-focus]")?.focus();
});
