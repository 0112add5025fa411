// After a part of the page was exchanged, the keyboard and the screen reader go on from its heading.
const HEADINGS = { week: "week-title", rooms: "rooms" };

export function followSwaps(root) {
  root.addEventListener("htmx:after:swap", () => {
    const wanted = root.documentElement.dataset.swapped;
    if (wanted) root.getElementById(HEADINGS[wanted])?.focus({ preventScroll: true });
    delete root.documentElement.dataset.swapped;
  });
  root.addEventListener("htmx:before:request", (event) => {
    const target = event.target.closest("[hx-target]")?.getAttribute("hx-target");
    root.documentElement.dataset.swapped = target?.slice(1) ?? "";
  });
}
