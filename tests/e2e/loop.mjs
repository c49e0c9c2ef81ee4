// SPDX-License-Identifier: GPL-3.0-or-later
// test: alone, timeout=170
// The whole loop with real parts: staff publish on a web page, the screen shows it, zbar reads the code off the screen's picture, a real
// browser signs up on a phone-sized page, staff see the sign-up, the screen shows one place less, staff see and answer. Times are printed:
// from the press on Save to the picture on the display.
import { execFileSync } from "node:child_process";
import * as lib from "./lib.mjs";
import { startCentral, startKiosk, logIn } from "./lib_programs.mjs";

const NEED = "Høytleser på onsdag";

async function publishNeed(page, central) {
  await page.goto(`${central.url}/staff/c/solbakken/new/need`);
  await page.fill("[name=name_nb]", NEED);
  await page.fill("[name=when_nb]", "Onsdager kl. 11");
  await page.fill("[name=seats]", "2");
  await page.locator("input[name=contact]").first().check();
  await page.locator("main form [type=submit]").last().click();
  await page.waitForURL(/done=/);
}

// A finger at the pace of a hand: for 300 ms after a change the screen is deaf on purpose, so the pause is part of the input.
async function press(display, item) {
  const [x, y, w, h] = item.hit_px;
  await new Promise((resolve) => setTimeout(resolve, 400));
  execFileSync("xdotool", ["mousemove", String(Math.round(x + w / 2)), String(Math.round(y + h / 2)), "click", "1"],
    { env: { ...process.env, DISPLAY: display.name } });
}

// Touches the screen from home to the need as a visitor would, turning pages where it takes that. Returns the taps.
async function openNeed(display, kiosk) {
  const taps = [];
  for (;;) {
    const controls = await kiosk.controls(taps);
    const card = controls.find((item) => item.action?.startsWith("open need:") && item.spoken?.includes(NEED));
    const next = controls.find((item) => (taps.length ? item.id === "page/next" && item.enabled : item.action === "open needs"));
    if (!card && !next) throw new Error(`no card says ${NEED}: ${controls.map((item) => item.id)}`);
    const shown = kiosk.event("picture", (e) => e.view === (card ? "need" : "needs"));
    await press(display, card ?? next);
    await shown;
    taps.push((card ?? next).id);
    if (card) return taps;
  }
}

async function signUp(browser, url, sending) {
  const context = await browser.newContext({ ...lib.PHONE, locale: "nb-NO" });
  const page = await context.newPage();
  await page.goto(url);
  lib.ok((await page.textContent("h1")).includes(NEED), "the phone shows what the code stands for", await page.textContent("h1"));
  await page.fill("[name=name]", "Ada Prøve");
  await page.fill("[name=contact]", "00 00 12 34");
  await page.check("[name=consent]");
  page.on("request", (request) => request.method() === "POST" && sending());
  await page.locator("main form [type=submit]").last().click();
  await page.waitForURL(/\/s\//i);
  await lib.judge(page, "the receipt");
  await context.close();
}

await lib.main(async () => {
  const central = await startCentral();
  const display = await lib.openDisplay();
  const kiosk = await startKiosk(display, central);
  const browser = await lib.openBrowser();
  const staff = await (await browser.newContext({ ...lib.DESK, locale: "nb-NO" })).newPage();

  await logIn(staff, central);
  let pressed = 0;
  staff.on("request", (r) => { if (r.method() === "POST") pressed = performance.now(); });
  const fed = kiosk.event("feed", (e) => e.from === "central");
  await publishNeed(staff, central);
  await fed;
  const fetched = performance.now() - pressed;
  lib.ok(fetched < 1000, `published: the screen has it ${fetched.toFixed(0)} ms after the press on Save`, fetched);

  const taps = await openNeed(display, kiosk);
  const url = lib.readQR(display);
  lib.ok(/^HTTP:\/\/127\.0\.0\.1:\d+\/N\/[2-9BCDFGHJKMNPQRSTVWXYZ]{5}$/.test(url), `zbar reads the code off the picture: ${url}`, url);

  const shot = lib.picture(display).pixels;
  const taken = kiosk.changed(shot);
  let sent = 0;
  await signUp(browser, url, () => { sent = performance.now(); });
  const seen = (await taken) - sent;
  lib.ok(seen < 1000, `signed up: the screen shows one place less ${seen.toFixed(0)} ms after the press on Send`, seen);
  const words = (await kiosk.controls(taps)).map((item) => item.text ?? "").join("\n");
  lib.ok(/1 av 2/.test(words), "the screen says 1 av 2", words);

  await staff.goto(`${central.url}/staff/c/solbakken/signups`);
  const listed = await staff.textContent("main");
  lib.ok(listed.includes("Ada Prøve") && listed.replace(/\s/g, "").includes("00001234"), "staff see who signed up", listed);

  // An edit of what the screen shows right now: from the press on Save to the changed picture.
  const id = kiosk.needId(NEED);
  await staff.goto(`${central.url}/staff/c/solbakken/needs/${id}`);
  const shown = lib.picture(display).pixels;
  const changed = kiosk.changed(shown);
  await staff.fill("[name=name_nb]", "Høytleser på torsdag");
  pressed = 0;
  await staff.locator("main form [type=submit]").last().click();
  const took = (await changed) - pressed;
  lib.ok(pressed > 0 && took < 1000, `edited: the picture on the display is another ${took.toFixed(0)} ms after the press on Save`, took);
});
