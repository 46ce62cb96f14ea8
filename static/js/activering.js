// Comfort only: every act works without this file.
(() => {
  "use strict";

  const root = document.documentElement;
  const WEEKDAYS = ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"];
  const MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
    "september", "oktober", "november", "december"];
  const RELEASE_AFTER_MS = 8000;
  const isTyping = (element) =>
    element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  // "/" goes to search; Escape closes what lies open.
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey
        && !isTyping(event.target)) {
      const search = document.querySelector("[data-search]");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
    if (event.key === "Escape") {
      const open = document.querySelector("details[data-menu][open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
      closeRail();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const row = event.target.closest("tr[data-href]");
    if (row && !event.target.closest("a, button, input, label, select, summary")
        && !String(window.getSelection())) {
      if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
      else window.location.assign(row.dataset.href);
    }
  });

  // The rail of a narrow screen.
  const rail = document.getElementById("menu");
  const railButton = document.querySelector(".menu-button");
  const closeRail = () => {
    if (!rail || !rail.classList.contains("is-open")) return;
    rail.classList.remove("is-open");
    railButton.setAttribute("aria-expanded", "false");
    railButton.focus();
  };
  if (rail && railButton) {
    railButton.setAttribute("role", "button");
    railButton.setAttribute("aria-expanded", "false");
    railButton.setAttribute("aria-controls", "menu");
    const toggle = (event) => {
      event.preventDefault();
      const open = rail.classList.toggle("is-open");
      railButton.setAttribute("aria-expanded", String(open));
      if (open) rail.querySelector("a").focus();
    };
    railButton.addEventListener("click", toggle);
    railButton.addEventListener("keydown", (event) => {
      if (event.key === " ") toggle(event);
    });
    rail.querySelector(".rail-close").addEventListener("click", (event) => {
      event.preventDefault();
      closeRail();
    });
    document.addEventListener("click", (event) => {
      if (!rail.contains(event.target) && !railButton.contains(event.target)) closeRail();
    });
  }

  const release = () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy]")) {
      button.removeAttribute("aria-busy");
    }
  };

  // A form is sent once; leaving a changed form asks first.
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.matches("form[data-keep]")) changed.add(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    changed.delete(form);
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    window.setTimeout(release, RELEASE_AFTER_MS); // a download leaves the page standing
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });
  window.addEventListener("pageshow", release);

  // Who must sign in again in the middle of a form finds her words back; they stay in this tab,
  // for her name only, and are gone as soon as she opens another page.
  const KEPT = "getypt";
  const reader = () => document.querySelector(".menu-head strong")?.textContent || "";
  const keepTyped = (form) => {
    const unseen = ["hidden", "password", "file", "submit", "button", "fieldset"];
    const fields = [...form.elements].filter((field) => field.name && !unseen.includes(field.type));
    const typed = fields.map((field) => [field.name, field.value, field.checked]);
    const page = window.location.pathname + window.location.search;
    try {
      window.sessionStorage.setItem(KEPT, JSON.stringify({ page, typed, reader: reader() }));
    } catch { /* no room, no comfort */ }
  };
  const bringBack = () => {
    const kept = JSON.parse(window.sessionStorage.getItem(KEPT) || "null");
    if (!kept) return;
    if (document.querySelector("input[name=login]")) {
      window.sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, door: true }));
      return;
    }
    window.sessionStorage.removeItem(KEPT);
    const form = document.querySelector("form[data-keep]");
    if (!form || !kept.door || kept.reader !== reader()
        || kept.page !== window.location.pathname + window.location.search) return;
    for (const field of form.elements) {
      const found = kept.typed.find(([name, value]) => name === field.name
        && (!/^(radio|checkbox)$/.test(field.type) || value === field.value));
      if (found && /^(radio|checkbox)$/.test(field.type)) field.checked = found[2];
      else if (found) [, field.value] = found;
    }
    changed.add(form);
    const notices = document.getElementById("meldingen");
    const template = document.getElementById("teruggebracht");
    if (notices && template) notices.append(template.content.cloneNode(true));
  };
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-keep]")) keepTyped(event.target);
  });
  bringBack();

  // Ticked rows are counted where the acts on them stand.
  const countPicked = (form) => {
    const picked = form.querySelectorAll(".pick input[name]:checked").length;
    const said = form.querySelector("[data-picked]");
    if (said) {
      said.dataset.none = said.dataset.none || said.textContent;
      said.textContent = picked ? `${picked} aangevinkt` : said.dataset.none;
    }
  };
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form || !event.target.closest(".pick")) return;
    if (event.target.matches("[data-pick-all]")) {
      for (const box of form.querySelectorAll(".pick input[name]")) {
        box.checked = event.target.checked;
      }
    }
    countPicked(form);
  });

  // A typed date says which day it is; what it does not understand is left to the server.
  const dayOf = (text, today) => {
    const typed = text.trim().toLowerCase();
    const words = { vandaag: 0, morgen: 1, overmorgen: 2, gisteren: -1 };
    if (typed in words) {
      return new Date(today.getFullYear(), today.getMonth(), today.getDate() + words[typed]);
    }
    const parts = typed.match(/^(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{4}))?$/);
    if (!parts || !parts[3]) return null;
    const day = new Date(Number(parts[3]), Number(parts[2]) - 1, Number(parts[1]));
    return day.getDate() === Number(parts[1]) && day.getMonth() === Number(parts[2]) - 1
      ? day : null;
  };
  const sayDay = (input) => {
    const said = input.parentElement.querySelector("[data-date-said]");
    if (!said) return;
    const day = dayOf(input.value, new Date());
    said.textContent = day
      ? `${WEEKDAYS[day.getDay()]} ${day.getDate()} ${MONTHS[day.getMonth()]} ${day.getFullYear()}`
      : "";
  };
  const prepare = (part) => {
    for (const input of part.querySelectorAll("input[data-date]")) {
      sayDay(input);
      input.addEventListener("input", () => sayDay(input));
    }
    const summary = part.querySelector("[data-error-summary]");
    if (summary && !summary.closest("[data-still]")) summary.focus();
  };
  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));

  // A fragment that does not come says so; a whole page where a fragment was asked (the session
  // ended, say) is opened as a page.
  const sayFailure = () => {
    const notices = document.getElementById("meldingen");
    const template = document.getElementById("storing");
    if (notices && template && !notices.querySelector("[data-failure]")) {
      const notice = template.content.firstElementChild.cloneNode(true);
      notice.dataset.failure = "yes";
      notices.append(notice);
      notice.scrollIntoView({ block: "nearest" });
    }
  };
  document.addEventListener("htmx:responseError", sayFailure);
  document.addEventListener("htmx:sendError", sayFailure);
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (/^\s*<!doctype/i.test(xhr.responseText) && !requestConfig.elt.closest("[hx-select]")) {
      event.detail.shouldSwap = false;
      if (xhr.status < 400) window.location.assign(xhr.responseURL);
    }
  });

  // The theme changes at once and is kept in the same cookie that the server sets.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-theme-form]") || !event.submitter || event.defaultPrevented) return;
    const theme = event.submitter.value;
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
  });
})();
