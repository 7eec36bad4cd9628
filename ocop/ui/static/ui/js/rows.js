// Rows of missing things: one more row on demand, and a button per criterion that starts one. Without it five rows stand.

const body = document.querySelector("[data-rows]");
const lines = () => [...body.querySelectorAll("[data-row]")];

function another() {
  const fresh = lines().at(-1).cloneNode(true);
  for (const field of fresh.querySelectorAll("input, textarea")) field.value = "";
  body.append(fresh);
  return fresh;
}

function emptyLine() {
  return lines().find((line) => [...line.querySelectorAll("input, textarea")].every((field) => !field.value.trim()));
}

if (body) {
  const more = document.querySelector("[data-rows-add]");
  more.hidden = false;
  more.addEventListener("click", () => another().querySelector("input").focus());
  for (const button of document.querySelectorAll("[data-missing]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      // The reader stays at the criterion; the reasons are typed at the end, all in one request.
      (emptyLine() ?? another()).querySelector("input").value = button.dataset.missing;
      button.textContent = "Đã ghi vào yêu cầu bổ sung";
      button.disabled = true;
    });
  }
}
