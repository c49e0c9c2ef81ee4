// SPDX-License-Identifier: GPL-3.0-or-later
// The next dates, while they are being chosen: asks the form for the preview that its own button gives. Without
// this the button does the same.

const WATCHED = ["date", "time", "until_time", "all_day", "last_date", "repeat", "weekdays", "nth", "weekday", "until"];
const form = document.querySelector(".op-repeat")?.closest("form");
let asked = 0;

async function show() {
  const mine = ++asked;
  const fields = new URLSearchParams(new FormData(form));
  fields.set("preview", "1");
  fields.delete("confirmed");
  if (!fields.get("name_nb")) fields.set("name_nb", "–");
  if (!fields.get("kind")) fields.set("kind", "other");
  const answer = await fetch(form.action, { method: "POST", body: fields });
  if (mine !== asked || !answer.ok) return; // a newer question is on its way, or the dates are not whole yet
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("dates");
  const place = document.getElementById("dates") ?? document.getElementById("dates-place");
  if (fresh && place) place.replaceWith(document.importNode(fresh, true));
}

form?.addEventListener("change", (event) => {
  if (WATCHED.includes(event.target.name)) show().catch(() => {});
});
