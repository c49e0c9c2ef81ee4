// SPDX-License-Identifier: GPL-3.0-or-later
// The two programs as the browser tests lead them: the central with the sample centre on a free port, the kiosk on a virtual display.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Program, TMP, SAMPLE, picture, onClose } from "./lib.mjs";

const build = process.env.O || "build";
const CENTRAL = process.env.OPPSLAG_CENTRAL || path.join(build, "oppslag-central");
const KIOSK = process.env.OPPSLAG_KIOSK_PLAIN || path.join(build, "oppslag-kiosk");
const DEADLINE_MS = 30_000;

// {url, database, user, password, program}: the sample centre, its cancelled and moved occurrences near TODAY, one administrator.
export async function startCentral({ today = new Date().toISOString().slice(0, 10), args = [] } = {}) {
  const folder = fs.mkdtempSync(path.join(TMP, "central."));
  const database = `sqlite:${path.join(folder, "oppslag.sqlite")}`;
  const run = (...words) => execFileSync(CENTRAL, [...words, "--database", database], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  run("centre", "add", "--from", SAMPLE, "--sample-today", today);
  const user = "kari.nes";
  const password = run("user", "add", user, "--role", "administrator").trim().split(/\s+/).pop();
  const program = new Program("central", CENTRAL, ["serve", "--database", database, "--listen", "127.0.0.1:0", ...args]);
  const [, url] = await program.line(/listening (http:\/\/127\.0\.0\.1:\d+)/);
  return { url, database, user, password, program, run };
}

// Logs PAGE in; the first time a password of one's own has to be chosen.
export async function logIn(page, central) {
  await page.goto(`${central.url}/staff/login`);
  await page.fill("[name=name]", central.user);
  await page.fill("[name=password]", central.password);
  await page.locator("main form [type=submit]").click();
  await page.waitForURL((url) => !url.pathname.endsWith("/login"));
  if (!page.url().includes("/staff/password")) return;
  const own = "en lang setning om bjørk";
  await page.fill("[name=old]", central.password);
  await page.fill("[name=new]", own);
  await page.fill("[name=again]", own);
  await page.locator("main form [type=submit]").last().click();
  await page.waitForURL((url) => !url.pathname.endsWith("/password"));
  central.password = own;
}

class Kiosk extends Program {
  constructor(display, central, args) {
    const fifo = path.join(fs.mkdtempSync(path.join(TMP, "kiosk.")), "events");
    execFileSync("mkfifo", [fifo]);
    const reader = fs.openSync(fifo, fs.constants.O_RDWR);
    const feed = `${central.url}/feed/v1/solbakken`;
    const env = { ...process.env, DISPLAY: display.name, SDL_VIDEODRIVER: "x11" };
    super("kiosk", KIOSK, ["--feed", feed, "--data", path.dirname(fifo), "--events", fifo, ...args], { env });
    Object.assign(this, { display, feed, events: [], eventWaits: [] });
    const stream = fs.createReadStream(null, { fd: reader, autoClose: false });
    let rest = "";
    stream.on("data", (bytes) => {
      const lines = (rest + bytes).split("\n");
      rest = lines.pop();
      for (const line of lines) this.take_event(JSON.parse(line));
    });
    // A read of the FIFO is always under way: one last line lets it end.
    onClose(async () => {
      stream.destroy();
      fs.writeSync(reader, "\n");
    });
  }

  take_event(event) {
    this.events.push(event);
    this.eventWaits = this.eventWaits.filter((w) => !w(event));
  }

  // The next event of KIND for which RULE holds; PAST: also those that came before.
  event(kind, rule = () => true, { past = false } = {}) {
    const fits = (e) => e.kind === kind && rule(e);
    const found = past && this.events.find(fits);
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`kiosk: no event ${kind}; last: ${JSON.stringify(this.events.slice(-6))}\n${this.lines.join("\n")}`)), DEADLINE_MS);
      this.eventWaits.push((event) => {
        if (!fits(event)) return false;
        clearTimeout(timer);
        resolve(event);
        return true;
      });
    });
  }

  // The time (performance.now) of the first picture from now on that differs from BEFORE on the display itself.
  changed(before) {
    const found = (async () => {
      for (;;) {
        await this.event("picture");
        if (Buffer.compare(before, picture(this.display).pixels) !== 0) return performance.now();
      }
    })();
    found.catch(() => {}); // it fails when it is awaited, not before
    return found;
  }

  // The controls as they are after TAPS (ids of controls) from home: another run of the program replays them on the feed as it is now.
  async controls(taps) {
    const folder = fs.mkdtempSync(path.join(TMP, "replay."));
    const file = (name) => path.join(folder, name);
    const feed = await (await fetch(this.feed)).text();
    this.document = JSON.parse(feed);
    fs.writeFileSync(file("feed.json"), feed);
    const time = new Date().toLocaleString("sv-SE", { timeZone: "Europe/Oslo" }).slice(0, 16).replace(" ", "T");
    const lines = [{ kind: "start", time }, { kind: "feed", file: "feed.json" }, ...taps.map((on) => ({ kind: "tap", on })), { kind: "list", file: file("list.json") }];
    fs.writeFileSync(file("replay.jsonl"), lines.map((line, i) => `${JSON.stringify({ t_ms: i * 1000, ...line })}\n`).join(""));
    const env = { ...process.env, SDL_VIDEODRIVER: "dummy" };
    execFileSync(KIOSK, ["--replay", file("replay.jsonl"), "--lang", "nb", "--data", folder], { env });
    return JSON.parse(fs.readFileSync(file("list.json"), "utf8")).items;
  }

  needId(name) {
    return this.document.needs.find((need) => need.name.nb === name).id;
  }
}

export async function startKiosk(display, central, args = []) {
  const kiosk = new Kiosk(display, central, args);
  await kiosk.event("feed", (e) => e.from === "central", { past: true });
  await kiosk.event("picture", (e) => e.view === "home", { past: true });
  return kiosk;
}
