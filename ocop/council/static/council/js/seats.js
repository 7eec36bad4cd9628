// One more seat at once; without it the button asks the server for five more and keeps everything typed.

const holder = document.querySelector("[data-seats]");
const more = document.querySelector("[data-seats-add]");
const MOST = 40;

function renumbered(node, prefix, number) {
  for (const field of node.querySelectorAll("[name], [id], [for], [aria-label]")) {
    for (const key of ["name", "id", "for"]) {
      const value = field.getAttribute(key);
      if (value) field.setAttribute(key, value.replace(new RegExp(`${prefix}-\\d+-`), `${prefix}-${number}-`));
    }
    const label = field.getAttribute("aria-label");
    if (label) field.setAttribute("aria-label", label.replace(/dòng \d+$/, `dòng ${number + 1}`));
  }
}

if (holder && more) {
  const prefix = holder.dataset.seats;
  const total = document.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  more.addEventListener("click", (event) => {
    const number = Number(total.value);
    if (number >= MOST) return;
    event.preventDefault();
    const fresh = holder.querySelector("[data-seat]").cloneNode(true);
    renumbered(fresh, prefix, number);
    for (const field of fresh.querySelectorAll("input[type=text], select")) {
      if (field.matches("select") && !field.querySelector("option[value='']")) field.value = "member";
      else field.value = "";
    }
    for (const box of fresh.querySelectorAll("input[type=checkbox]")) box.checked = box.name.endsWith("-votes");
    for (const wrong of fresh.querySelectorAll(".field__error")) wrong.remove();
    fresh.querySelector("[data-seat-number]").textContent = String(number + 1);
    holder.append(fresh);
    total.value = String(number + 1);
    fresh.querySelector("select").focus();
  });
}
