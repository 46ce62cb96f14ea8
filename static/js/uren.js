// The month grid by keyboard: move, copy, repeat, count along, and save a row when one leaves it.
// Without this file the grid is one form with one button.
(() => {
  "use strict";

  const form = document.querySelector("form[data-uren]");
  if (!form) return;
  const state = document.getElementById("uren-stand");
  const HOUR = 60;
  const pending = new Set();
  let leaving = false;

  const cells = (row) => [...row.querySelectorAll("td input")];
  const isCell = (element) => element instanceof HTMLInputElement && element.matches("td input");
  const rowOf = (cell) => cell.closest("tr");
  const personOf = (cell) => cell.closest("tbody");
  const dirty = (cell) => cell.value.trim() !== cell.dataset.was;
  const changedCells = (person) => [...person.querySelectorAll("td input")].filter(dirty);

  // The same spellings as wijkwerken/rules/invoer.py; the server has the last word.
  const minutes = (text) => {
    const short = text.trim().toLowerCase().replace(/\s+/g, " ");
    if (!short) return 0;
    let found = short.match(/^(\d{1,2})\s*(?::|u|h|uur)\s*(\d{1,2})?$/);
    if (found) {
      const rest = Number(found[2] || 0);
      return rest < HOUR ? Number(found[1]) * HOUR + rest : null;
    }
    found = short.match(/^(\d{1,4})\s*(?:m|min|minuten|')$/);
    if (found) return Number(found[1]);
    found = short.match(/^(\d{1,2})(?:[.,](\d{1,2}))?\s*(?:u|h|uur)?$/);
    if (found) return Math.round(Number(`${found[1]}.${found[2] || 0}`) * HOUR);
    return null;
  };
  const words = (total) => {
    const hours = Math.floor(total / HOUR);
    const rest = total % HOUR;
    if (!hours && !rest) return "0 u";
    if (!hours) return rest === 1 ? "1 minuut" : `${rest} minuten`;
    return rest ? `${hours} u ${String(rest).padStart(2, "0")}` : `${hours} u`;
  };

  // What is left counts along while one types.
  const count = (person) => {
    const typed = [...person.querySelectorAll("td input")]
      .reduce((sum, cell) => sum + (minutes(cell.value) || 0), 0);
    const more = typed - Number(person.dataset.ingevuld);
    const month = Number(person.dataset.maand) + more;
    const room = [];
    if (person.dataset.maandGrens) {
      room.push([Number(person.dataset.maandGrens) - month, ""]);
    }
    if (person.dataset.jaarGrens) {
      room.push([Number(person.dataset.jaarGrens) - Number(person.dataset.jaar) - more,
        " dit jaar"]);
    }
    const [left, when] = room.reduce((one, other) => (other[0] <= one[0] ? other : one),
      [Infinity, ""]);
    person.querySelector("[data-som]").textContent = words(month);
    const over = person.querySelector("[data-over]");
    over.classList.toggle("is-full", left <= 0);
    if (left === Infinity) over.textContent = "";
    else if (left > 0) over.textContent = `nog ${words(left)}${when}`;
    else over.textContent = left ? `${words(-left)} te veel${when}` : `niets over${when}`;
  };
  const check = (cell) => {
    const wrong = minutes(cell.value) === null || minutes(cell.value) > 24 * HOUR;
    cell.closest("td").classList.toggle("is-wrong", wrong);
    if (wrong) {
      cell.setAttribute("aria-invalid", "true");
      state.textContent = "Dit zijn geen uren. Schrijf 7, 7,5 of 7:30.";
    } else {
      cell.removeAttribute("aria-invalid");
    }
    cell.closest("td").classList.toggle("is-changed", dirty(cell));
  };
  const put = (cell, value) => {
    cell.value = value;
    check(cell);
    count(personOf(cell));
  };

  // A row goes to the server when one leaves its person; what was refused stays, with the reason.
  const save = (person) => {
    const sending = send(person).finally(() => pending.delete(sending));
    pending.add(sending);
  };
  const send = async (person) => {
    const cellsToSend = changedCells(person);
    if (!cellsToSend.length || person.dataset.sent) return;
    person.dataset.sent = "yes";
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const basis = person.querySelector("input[type=hidden]");
    data.append(basis.name, basis.value);
    const sent = new Map(cellsToSend.map((cell) => [cell.name, cell.value]));
    for (const [name, value] of sent) data.append(name, value);
    try {
      const answer = await fetch(window.location.href.split("#")[0], {
        method: "POST",
        body: data,
        headers: { "X-Uren-Rij": person.dataset.persoon },
        redirect: "manual",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      replace(person, await answer.text(), sent);
    } catch {
      delete person.dataset.sent;
      state.textContent = `${person.dataset.naam} is niet bewaard. Druk op “Bewaar de uren”.`;
    }
  };
  const replace = (person, html, sent) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    const fresh = template.content.querySelector("tbody");
    if (!fresh) throw new Error("no row");
    const focused = person.contains(document.activeElement) ? document.activeElement : null;
    // What was typed after the row was sent is kept and goes with the next one.
    const later = [...person.querySelectorAll("td input")]
      .filter((cell) => (sent.has(cell.name) ? cell.value !== sent.get(cell.name) : dirty(cell)));
    person.replaceWith(fresh);
    for (const cell of later) {
      const again = document.getElementById(cell.id);
      if (again) put(again, cell.value);
    }
    const total = fresh.querySelector("[data-som]").textContent;
    const left = fresh.querySelector("[data-over]").textContent;
    const wrong = fresh.querySelectorAll(".grid-notes li.is-nu").length;
    state.textContent = wrong
      ? `${fresh.dataset.naam}: ${fresh.querySelector(".grid-notes li.is-nu").textContent}`
      : `Bewaard: ${fresh.dataset.naam}, ${total}, ${left}.`;
    if (focused && focused.id) {
      const again = document.getElementById(focused.id);
      if (again) again.focus();
    }
  };

  const select = (cell) => {
    cell.focus();
    cell.select();
  };
  const rows = () => [...form.querySelectorAll("tbody tr")].filter((row) => cells(row).length);
  const upDown = (cell, step) => {
    const all = rows();
    const column = cell.closest("td").cellIndex;
    for (let at = all.indexOf(rowOf(cell)) + step; all[at]; at += step) {
      const other = all[at].cells[column] && all[at].cells[column].querySelector("input");
      if (other) return select(other);
    }
    return undefined;
  };
  const leftRight = (cell, step) => {
    const all = [...form.querySelectorAll("td input")];
    const other = all[all.indexOf(cell) + step];
    if (other) select(other);
  };
  // A row that is done: on to the day on which this one began.
  const nextPerson = (cell) => upDown(cells(rowOf(cell)).find((one) => one.value) || cell, 1);
  const above = (cell) => {
    const all = rows();
    return all[all.indexOf(rowOf(cell)) - 1];
  };
  const sameColumn = (row, cell) =>
    row && row.cells[cell.closest("td").cellIndex].querySelector("input");

  const ACTS = {
    "=": (cell) => {
      const before = cells(rowOf(cell));
      const last = before.slice(0, before.indexOf(cell)).reverse().find((other) => other.value);
      if (last) put(cell, last.value);
      leftRight(cell, 1);
    },
    b: (cell) => {
      const other = sameColumn(above(cell), cell);
      if (other) put(cell, other.value);
      leftRight(cell, 1);
    },
    k: (cell) => {
      const other = above(cell);
      if (!other) return;
      for (const empty of cells(rowOf(cell)).filter((one) => !one.value)) {
        const from = sameColumn(other, empty);
        if (from) put(empty, from.value);
      }
      nextPerson(cell);
    },
    w: (cell) => {
      const row = cells(rowOf(cell));
      const start = row.indexOf(cell);
      const day = (one) => Number(one.name.split("-")[3]);
      for (const later of row.slice(start + 1)) {
        const week = row.find((one) => day(one) === day(later) - 7);
        if (week && week.value && !later.value) put(later, week.value);
      }
      nextPerson(cell);
    },
    v: (cell) => {
      const rhythm = rowOf(cell).dataset.ritme.split("|");
      for (const empty of cells(rowOf(cell)).filter((one) => !one.value)) {
        const value = rhythm[(Number(empty.dataset.dag) + 6) % 7];
        if (value) put(empty, value);
      }
      nextPerson(cell);
    },
  };

  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if ((event.ctrlKey || event.metaKey) && (event.key === "Enter" || event.key === "s")) {
      event.preventDefault();
      form.requestSubmit(document.getElementById("bewaar-uren"));
      return;
    }
    if (!isCell(cell) || event.ctrlKey || event.metaKey || event.altKey) return;
    const atStart = cell.selectionStart === 0;
    const atEnd = cell.selectionEnd === cell.value.length;
    const moves = {
      ArrowDown: () => upDown(cell, 1),
      ArrowUp: () => upDown(cell, -1),
      Enter: () => upDown(cell, event.shiftKey ? -1 : 1),
      ArrowLeft: atStart ? () => leftRight(cell, -1) : null,
      ArrowRight: atEnd ? () => leftRight(cell, 1) : null,
      Escape: () => { put(cell, cell.dataset.was); cell.select(); },
    };
    // None of these letters stands in a spelling of hours (7u30, 7h30, 45 min).
    const copy = ACTS[event.key.toLowerCase()];
    const act = moves[event.key] || (copy ? () => copy(cell) : null);
    if (!act) return;
    event.preventDefault();
    act();
  });
  form.addEventListener("focusin", (event) => {
    if (isCell(event.target)) event.target.select();
  });
  form.addEventListener("input", (event) => {
    if (!isCell(event.target)) return;
    check(event.target);
    count(personOf(event.target));
  });
  form.addEventListener("focusout", (event) => {
    // A cell that is switched off for sending loses the focus too.
    if (leaving || !isCell(event.target)) return;
    const person = personOf(event.target);
    if (event.relatedTarget && person.contains(event.relatedTarget)) return;
    if (event.relatedTarget && event.relatedTarget.id === "bewaar-uren") return;
    save(person);
  });
  form.addEventListener("submit", (event) => {
    // Rows that are on their way come first: else the form would not know what they wrote.
    if (pending.size) {
      event.preventDefault();
      Promise.allSettled([...pending]).then(() => form.requestSubmit());
      return;
    }
    leaving = true;
    for (const cell of form.querySelectorAll("td input")) cell.disabled = !dirty(cell);
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
    for (const cell of form.querySelectorAll("td input")) cell.disabled = false;
  });
  window.addEventListener("beforeunload", (event) => {
    const open = [...form.querySelectorAll("tbody")].some((one) => changedCells(one).length);
    if (!leaving && open) event.preventDefault();
  });

  for (const person of form.querySelectorAll("tbody")) {
    for (const cell of changedCells(person)) check(cell);
    if (changedCells(person).length) count(person);
  }
  const wrong = form.querySelector("td input[aria-invalid]");
  if (wrong) select(wrong);
})();
