// A form is sent once, however often its button is pressed. (The idempotency key sees to it anyway.)
export function sendOnce(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    }
  });
}

// With the whole day chosen, hours have no meaning.
export function wholeDay(root) {
  const box = root.querySelector("#whole_day");
  if (!box) return;
  const follow = () => {
    for (const id of ["start", "end"]) root.getElementById(id).disabled = box.checked;
  };
  box.addEventListener("change", follow);
  follow();
}

// After a failed attempt the reader starts at what is wrong.
export function showTroubleFirst(root) {
  root.getElementById("error-summary")?.focus();
}
