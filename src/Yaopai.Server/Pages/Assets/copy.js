// Copies the line beside a button. Without scripts there are no buttons, and a click selects the line.
const status = document.getElementById("copied");

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copied]")) {
    const said = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.previousElementSibling.textContent);
      button.textContent = button.dataset.copied;
      status.textContent = button.dataset.copied;
      setTimeout(() => {
        button.textContent = said;
        status.textContent = "";
      }, 2000);
    });
  }
}
