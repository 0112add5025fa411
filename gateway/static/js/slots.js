// A click on a free span fills the booking form on the same page instead of loading the page anew.
export function fillFromSlots(root) {
  root.addEventListener("click", (event) => {
    const slot = event.target.closest("a.slot");
    const form = root.querySelector("form[data-booking]");
    if (!slot || !form || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { date, start, end } = slot.dataset;
    if (!has(form.elements.start, start) || !has(form.elements.end, end)) return;
    event.preventDefault();
    form.elements.date.value = date;
    form.elements.start.value = start;
    form.elements.end.value = end;
    if (form.elements.whole_day?.checked) form.elements.whole_day.click();
    root.querySelector("#book").scrollIntoView();
    form.elements.start.focus({ preventScroll: true });
  });
}

function has(select, value) {
  return [...select.options].some((option) => option.value === value);
}
