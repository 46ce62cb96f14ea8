// Keys for who writes all day. Single letters never fire while typing and can be switched off.
(() => {
  "use strict";

  const OFF = "toetsen-uit";
  const isOff = () => {
    try {
      return window.localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  };
  const isTyping = (element) =>
    element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

  // The help with all keys.
  const help = document.getElementById("toetsenhulp");
  const switches = [...document.querySelectorAll("[data-toetsen-uit]")];
  const showSwitch = () => {
    for (const box of switches) box.checked = isOff();
  };
  for (const box of switches) {
    box.addEventListener("change", () => {
      try {
        if (box.checked) window.localStorage.setItem(OFF, "1");
        else window.localStorage.removeItem(OFF);
      } catch { /* the keys stay as they are */ }
    });
  }
  showSwitch();

  // Listens before the page's own "/" does.
  document.addEventListener("keydown", (event) => {
    const single = event.key.length === 1 && isPlain(event) && !isTyping(event.target);
    if (!single || document.querySelector("dialog[open]")) return;
    if (isOff()) {
      if (event.key === "/") event.stopPropagation();
      return;
    }
    if (event.key === "?" && help) {
      event.preventDefault();
      help.showModal();
      help.querySelector("form button").focus();
      return;
    }
    const wanted = document.querySelector(`[data-toets="${CSS.escape(event.key.toLowerCase())}"]`);
    if (wanted && !event.repeat) {
      event.preventDefault();
      wanted.click();
    }
  }, true);

  // Words selected in a text fill the box that asks which words.
  for (const source of document.querySelectorAll("[data-neem-over]")) {
    source.addEventListener("mouseup", () => {
      const chosen = String(window.getSelection()).trim();
      const box = document.getElementById(source.dataset.neemOver);
      if (chosen && box) box.value = chosen;
    });
  }

  // Ctrl+Enter saves the form one types in.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    const form = event.target.closest("form[data-concept]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".form-end button:not([type=button])"));
  });

  // Alt and a letter choose among the kinds, and leave one where one types.
  const choices = [...document.querySelectorAll("input[accesskey]")];
  const keyed = new Map(choices.map((input) => [input.accessKey.toLowerCase(), input]));
  for (const input of choices) input.removeAttribute("accesskey");
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const input = keyed.get(event.key.toLowerCase());
    if (!input) return;
    event.preventDefault();
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    const said = input.closest("fieldset")?.querySelector("[data-gekozen]");
    if (said) said.textContent = input.closest("label").textContent.trim();
  });
})();
