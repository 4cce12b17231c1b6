// Asks every two seconds whether the QR code on the page was scanned, and goes on when it was.
// Without scripts the page says the same whenever it is loaded again.
const page = document.getElementById("scan");
const status = document.getElementById("state");

async function look() {
  try {
    const response = await fetch(page.dataset.state, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const { state } = await response.json();
      if (state === "scanned") {
        status.textContent = page.dataset.scanned;
        location.replace(page.dataset.next);
        return;
      }
      if (state === "over") {
        location.reload(); // the page then says so, and offers another code
        return;
      }
    }
  } catch {
    // the next look may find the server again
  }
  setTimeout(look, 2000);
}

look();
