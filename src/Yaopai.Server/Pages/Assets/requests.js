// Puts new requests on top of the list as they come. Without scripts the page shows them whenever it is loaded again.
const table = document.getElementById("requests");
const rows = table.tBodies[0];
const count = document.getElementById("count");
const pause = document.getElementById("pause");
const most = 200;
let waiting = [];
let isPaused = false;
let added = 0;

function cell(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(text ?? "");
  return made;
}

function rowOf(entry) {
  const time = document.createElement("time");
  time.dateTime = entry.time;
  const at = new Date(entry.time).toISOString();
  time.append(at.slice(11, 23));
  const link = cell("a", "code", entry.operation);
  link.href = table.dataset.page + entry.id;
  const head = cell("th", "", link);
  head.scope = "row";
  const refusal = entry.refusal;
  const row = document.createElement("tr");
  row.append(
    cell("td", "", time),
    cell("td", "code", entry.client_id),
    head,
    cell("td", "code", `${entry.answer.status}`),
    cell("td", "code", refusal && `${refusal.number} ${refusal.error}`),
    cell("td", "why", refusal?.reason?.text.split("\n")[0]));
  return row;
}

function show() {
  for (const entry of waiting) rows.prepend(rowOf(entry));
  added += waiting.length;
  waiting = [];
  while (rows.rows.length > most) rows.deleteRow(-1);
  table.hidden = rows.rows.length === 0;
  document.getElementById("nothing").hidden = !table.hidden;
  count.textContent = count.dataset.new.replace("{0}", added);
}

new EventSource(table.dataset.stream).addEventListener("request", event => {
  waiting.push(JSON.parse(event.data));
  if (waiting.length > most) waiting.shift();
  if (!isPaused) show();
});

pause.hidden = false;
pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.textContent = isPaused ? pause.dataset.goOn : pause.dataset.pause;
  if (!isPaused && waiting.length > 0) show();
});
