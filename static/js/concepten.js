// Nothing typed is lost: a form with data-concept keeps what stands in it, on this device at each
// key and on the server a moment later. What the server has, leaves the device.
(() => {
  "use strict";

  const me = document.body.dataset.gebruiker;
  if (!me || !window.fetch) return;

  const AFTER_MS = 1500;
  const AGAIN_MS = 10000;
  const WEEK_MS = 7 * 24 * 3600 * 1000;
  const OTHER_TAB_MS = 5000;
  const MARK = "concept:";
  const MINE = `${MARK}${me}:`;
  const { bewaren: saveUrl, sessie: sessionUrl, deur: doorUrl } = document.body.dataset;

  // This device.
  const stored = {
    write(name, entry) {
      try {
        window.localStorage.setItem(name, JSON.stringify(entry));
      } catch { /* no room: the server is all there is */ }
    },
    read(name) {
      try {
        return JSON.parse(window.localStorage.getItem(name) || "null");
      } catch {
        return null;
      }
    },
    remove(name) {
      try {
        window.localStorage.removeItem(name);
      } catch { /* nothing was kept */ }
    },
    names(prefix) {
      try {
        return Object.keys(window.localStorage).filter((name) => name.startsWith(prefix));
      } catch {
        return [];
      }
    },
  };
  for (const name of stored.names(MARK)) {
    const entry = stored.read(name);
    if (!entry || Date.now() - entry.at > WEEK_MS) stored.remove(name);
  }

  const proof = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
  const post = (pairs, keepalive = false) => {
    const body = new URLSearchParams(pairs);
    body.set("csrfmiddlewaretoken", proof());
    return window.fetch(saveUrl, {
      method: "POST",
      body,
      keepalive,
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
  };

  // Who signed in elsewhere meanwhile made the proof of this page old: fetch a new one.
  const renewProof = async () => {
    const answer = await window.fetch(sessionUrl, {
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) return answer.status;
    const { csrf, gebruiker } = await answer.json();
    if (String(gebruiker) !== me) return 409;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
      field.value = csrf;
    }
    if (document.body.hasAttribute("hx-headers")) {
      document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": csrf }));
    }
    return 200;
  };

  // One form.
  const random = () => Math.random().toString(36).slice(2, 10);
  class Draft {
    constructor(form) {
      this.form = form;
      this.name = `${MINE}${form.dataset.concept}:${random()}`;
      this.restored = Boolean(document.querySelector(".concept-notice"));
      this.typed = 0;
      this.kept = 0;
      this.status = document.createElement("p");
      this.status.className = "concept-status";
      (form.querySelector(".form-end") || form).after(this.status);
      form.addEventListener("input", () => this.input());
      form.addEventListener("change", () => this.input());
      form.addEventListener("focusout", () => this.now());
      form.addEventListener("submit", (event) => this.submit(event));
    }

    pairs() {
      const pairs = [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
      const words = [...this.form.querySelectorAll("textarea, input[type=text]")];
      const isBlank = (box) => !box.value.trim()
        || (box.tagName === "INPUT" && !this.restored && box.value === box.defaultValue);
      if (words.length && words.every(isBlank)) pairs.push(["concept_leeg", "1"]);
      return pairs.filter(([name]) => name !== "csrfmiddlewaretoken");
    }

    input() {
      this.typed += 1;
      this.sent = false;
      this.onDevice();
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.save(), AFTER_MS);
    }

    onDevice(sent = false) {
      const { concept } = this.form.dataset;
      stored.write(this.name, { concept, pairs: this.pairs(), at: Date.now(), sent });
    }

    now(keepalive = false) {
      if (this.sent || this.closed || this.typed === this.kept) return;
      window.clearTimeout(this.timer);
      if (keepalive) post(this.pairs(), true).catch(() => {});
      else this.save();
    }

    async save() {
      if (this.busy || this.sent || this.closed) return;
      this.busy = true;
      const typed = this.typed;
      try {
        await this.answer(await post(this.pairs()), typed);
      } catch {
        this.later("Geen verbinding. Uw tekst staat op dit toestel en wordt bewaard zodra het kan.");
      } finally {
        this.busy = false;
      }
      if (this.typed !== typed && !this.waiting) this.save();
    }

    async answer(response, typed) {
      if (response.status === 401) {
        this.waiting = true;
        this.say("U bent afgemeld. Uw tekst staat op dit toestel.", true);
        if (postponed) this.offerSignIn();
        else askSignIn(this);
        return;
      }
      if (response.status === 403 && !this.renewed) {
        this.renewed = true;
        if (await renewProof() === 200) await this.answer(await post(this.pairs()), typed);
        return;
      }
      if (!response.ok) {
        const told = await response.json().catch(() => ({}));
        if (told.fout) this.say(`${told.fout} Uw tekst staat nog op dit toestel.`, true);
        else this.later("Bewaren lukt nu niet. Uw tekst staat op dit toestel.");
        return;
      }
      this.renewed = false;
      const told = await response.json();
      if (told.gesloten) {
        this.closed = true;
        this.say("Dit formulier werd al bewaard, misschien in een ander venster.", true);
        return;
      }
      this.kept = typed;
      if (told.concept) {
        this.form.elements.concept.value = told.concept;
        this.form.elements.concept_revisie.value = told.revisie;
      }
      if (this.typed === typed && !this.sent) stored.remove(this.name);
      this.say(told.moment ? `Concept bewaard om ${told.moment}.` : "");
    }

    later(text) {
      this.say(text, true);
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.save(), AGAIN_MS);
    }

    say(text, aloud = false) {
      this.status.classList.toggle("is-warning", aloud);
      if (aloud) this.status.setAttribute("role", "status");
      else this.status.removeAttribute("role");
      if (this.status.textContent !== text) this.status.textContent = text;
    }

    offerSignIn() {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = "Meld u opnieuw aan";
      button.addEventListener("click", () => askSignIn(this));
      this.status.append(" ", button);
    }

    submit(event) {
      if (event.defaultPrevented) return;
      window.clearTimeout(this.timer);
      // Kept on this device until the next page hears from the server that it was saved.
      if (this.typed) this.onDevice(true);
      this.sent = true;
    }

    back() {
      this.sent = false;
      this.waiting = false;
    }
  }

  const drafts = [...document.querySelectorAll("form[data-concept]")].map(
    (form) => new Draft(form),
  );
  // Words that came back: one goes on writing at their end.
  if (document.querySelector(".concept-notice")) {
    const area = document.querySelector("form[data-concept] textarea[autofocus]");
    if (area) area.setSelectionRange(area.value.length, area.value.length);
  }
  const allNow = () => drafts.forEach((draft) => draft.now(true));
  window.addEventListener("pagehide", allNow);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") allNow();
  });
  window.addEventListener("online", () => drafts.forEach((draft) => draft.now()));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) drafts.forEach((draft) => draft.back());
  });

  // Signing in again in place: the page and its words stay where they are.
  let panel = null;
  let postponed = false;
  const askSignIn = (draft) => {
    const template = document.getElementById("concept-aanmelden");
    if (panel || !template) return;
    panel = template.content.firstElementChild.cloneNode(true);
    document.body.append(panel);
    const was = document.activeElement;
    const form = panel.querySelector("form");
    const wrong = panel.querySelector("[data-fout]");
    const close = () => {
      const closing = panel;
      panel = null;
      closing.close();
      closing.remove();
    };
    const postpone = () => {
      if (!panel) return;
      close();
      postponed = true;
      draft.waiting = false;
      draft.offerSignIn();
    };
    panel.addEventListener("close", postpone);
    panel.querySelector("[data-later]").addEventListener("click", postpone);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      wrong.textContent = "";
      const told = await signIn(new FormData(form)).catch(() => "Geen verbinding. Probeer opnieuw.");
      if (told) {
        wrong.textContent = told;
        form.elements.password.value = "";
        form.elements.password.focus();
        return;
      }
      const status = await renewProof().catch(() => 0);
      if (status !== 200) {
        window.location.reload();
        return;
      }
      close();
      postponed = false;
      draft.waiting = false;
      was.focus();
      drafts.forEach((each) => each.save());
    });
    panel.showModal();
    form.elements.password.focus();
  };

  const signIn = async (data) => {
    const page = await window.fetch(doorUrl, { credentials: "same-origin" });
    const door = new DOMParser().parseFromString(await page.text(), "text/html");
    const field = door.querySelector("input[name=csrfmiddlewaretoken]");
    if (!field) return "Herlaad deze pagina en meld u daar aan.";
    data.set("csrfmiddlewaretoken", field.value);
    const answer = await window.fetch(doorUrl, {
      method: "POST",
      body: new URLSearchParams(data),
      credentials: "same-origin",
      headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
    });
    if (answer.ok) return "";
    if (answer.status === 429) return "Te veel pogingen. Wacht enkele minuten.";
    return "Deze gebruikersnaam en dit wachtwoord horen niet samen. Probeer opnieuw.";
  };

  // What an earlier page left on this device goes to the server; the form then shows it.
  const handOver = async () => {
    let here = false;
    for (const name of stored.names(MINE)) {
      const entry = stored.read(name);
      if (!entry || (!entry.sent && Date.now() - entry.at < OTHER_TAB_MS)) continue;
      try {
        const answer = await post(entry.pairs);
        if (!answer.ok) continue;
        const told = await answer.json();
        stored.remove(name);
        here = here || (Boolean(told.gewijzigd)
          && drafts.some((draft) => draft.form.dataset.concept === entry.concept));
      } catch {
        return;
      }
    }
    if (!here) return;
    if (drafts.every((draft) => draft.typed === 0)) window.location.reload();
    else drafts[0].say("Op dit toestel stond nog een ander concept. Het staat bij Mijn concepten.");
  };
  handOver();

  // Who signs out leaves nothing on this device; the server gets the last words first.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-afmelden]")) return;
    for (const name of stored.names(MINE)) {
      const entry = stored.read(name);
      if (entry) post(entry.pairs, true).catch(() => {});
      stored.remove(name);
    }
  });
})();
