// After a part of the page was exchanged, the keyboard and the screen reader go on from its heading.
const HEADINGS = { week: "week-title", rooms: "rooms" };

export function followSwaps(root) {
  root.addEventListener("htmx:after:swap", ({ detail }) => {
    // What asked may have been exchanged as well; htmx then names the part that took its place.
    const source = detail.ctx.sourceElement;
    const part = source.getAttribute("hx-target")?.slice(1) ?? source.id;
    root.getElementById(HEADINGS[part])?.focus({ preventScroll: true });
  });
  // What is not the page that was asked for is opened whole: it says what is wrong, and can be tried again.
  root.addEventListener("htmx:before:response", (event) => {
    const { request, response } = event.detail.ctx;
    if (response.status < 400) return;
    event.preventDefault();
    window.location.assign(request.action);
  });
  root.addEventListener("htmx:error", ({ detail }) => {
    if (detail.ctx?.request) window.location.assign(detail.ctx.request.action);
  });
}
