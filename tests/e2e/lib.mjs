// SPDX-License-Identifier: GPL-3.0-or-later
// What the browser tests share: the real central, the real kiosk under Xvfb, Chromium, and the two judges of a page (axe, html-validate).
// Everything that a test starts here is ended by close(), in the opposite order.
import { spawn, execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const SOURCE = process.env.OPPSLAG_SOURCE || path.resolve(import.meta.dirname ?? ".", "../..");
export const TMP = process.env.TMPDIR || fs.mkdtempSync(path.join(os.tmpdir(), "oppslag-e2e."));
export const SAMPLE = path.join(SOURCE, "assets/sample/centre.json");
const DEADLINE_MS = 30_000;

// ---- verdicts, as TAP lines ----

let failed = 0;
export function ok(good, name, detail = "") {
  console.log(`${good ? "ok" : "not ok"} ${name}`);
  if (!good) {
    failed++;
    for (const line of String(detail).split("\n").slice(0, 40)) console.log(`# ${line}`);
  }
  return good;
}
export function equal(got, wanted, name) {
  return ok(got === wanted, name, `got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
}
export function note(text) {
  console.log(`# ${text}`);
}

// ---- what was started ----

const closers = [];
export function onClose(f) {
  closers.push(f);
}

async function close() {
  for (const f of closers.splice(0).reverse()) {
    try {
      await f();
    } catch (fault) {
      note(`while closing: ${fault.message}`);
    }
  }
}

// Runs TEST, closes everything, ends with the exit code.
export async function main(test) {
  try {
    await test();
  } catch (fault) {
    ok(false, "the test ran to its end", fault.stack);
  }
  await close();
  process.exit(failed ? 1 : 0);
}

// A child process whose lines can be awaited. It is ended by SIGTERM, then SIGKILL after 10 s.
export class Program {
  constructor(name, command, args, options = {}) {
    this.name = name;
    this.lines = [];
    this.waiting = [];
    this.child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    this.ended = new Promise((resolve) => this.child.on("close", (code, signal) => resolve(code ?? signal)));
    this.child.on("error", (fault) => this.take(`cannot start: ${fault.message}`));
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) readline.createInterface({ input: stream }).on("line", (line) => this.take(line));
    onClose(() => this.end());
  }

  take(line) {
    this.lines.push(line);
    this.waiting = this.waiting.filter((w) => !w(line));
  }

  // The first line from now on (or, with PAST, ever) that RULE (a RegExp or a function) matches.
  line(rule, { past = true } = {}) {
    const match = (line) => (rule instanceof RegExp ? rule.exec(line) : rule(line));
    for (const line of past ? this.lines : []) if (match(line)) return Promise.resolve(match(line));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.name}: no line matched ${rule}; last lines:\n${this.lines.slice(-15).join("\n")}`)),
        DEADLINE_MS,
      );
      this.waiting.push((line) => {
        const found = match(line);
        if (!found) return false;
        clearTimeout(timer);
        resolve(found);
        return true;
      });
    });
  }

  async end() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill("SIGTERM");
    const timer = setTimeout(() => this.child.kill("SIGKILL"), 10_000);
    await this.ended;
    clearTimeout(timer);
  }
}

// ---- Chromium ----

const BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

export async function openBrowser() {
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((p) => fs.existsSync(p));
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS, headless: true });
  onClose(() => browser.close());
  return browser;
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const DESK = { viewport: { width: 1280, height: 900 } };

// ---- the two judges of a page ----

const { HtmlValidate } = require("html-validate");
const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    "void-style": "off", // both <br> and <br/> are HTML
    "doctype-style": "off", // in either case
    "no-trailing-whitespace": "off",
    "long-title": "off", // a centre's own name may be long
    "tel-non-breaking": "off", // numbers are kept together by CSS
    "no-inline-style": "error",
    // boxes of one question share a name (HTML, 4.10.5.1.15)
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "submit", "reset"] }],
  },
});

// Two verdicts about what PAGE shows now: no violation that axe finds, and valid HTML as it was sent.
export async function judge(page, name) {
  const source = await (await page.context().request.get(page.url(), { failOnStatusCode: false })).text();
  await page.evaluate(axeSource); // as an expression: the page's CSP has no say in it
  const found = await page.evaluate(async () =>
    (await window.axe.run(document, { resultTypes: ["violations"] })).violations.map(
      (v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 5).join(", ")}`));
  ok(found.length === 0, `${name}: axe finds nothing`, found.join("\n"));
  const report = await validator.validateString(source);
  const messages = report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
  ok(report.valid, `${name}: valid HTML`, messages.join("\n"));
}

// ---- a display, and the picture on it ----

export async function openDisplay(width = 1920, height = 1080) {
  const dir = fs.mkdtempSync(path.join(TMP, "display."));
  const program = new Program("Xvfb", "Xvfb",
    ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp", "-fbdir", dir],
    { stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const number = await new Promise((resolve, reject) => {
    program.child.stdio[3].once("data", (bytes) => resolve(String(bytes).trim()));
    program.ended.then(() => reject(new Error(`Xvfb ended: ${program.lines.join("\n")}`)));
  });
  return { name: `:${number}`, file: path.join(dir, "Xvfb_screen0"), width, height, program };
}

// The frame buffer file is an XWD (X11/XWDFile.h): 25 big-endian words, colour map, then rows of BGRX.
export function picture(display) {
  const bytes = fs.readFileSync(display.file);
  const word = (n) => bytes.readUInt32BE(4 * n);
  const [start, width, height, stride] = [word(0) + 12 * word(19), word(4), word(5), word(12)];
  return { width, height, stride, pixels: bytes.subarray(start, start + stride * height) };
}

export function writePPM(file, shot) {
  const out = Buffer.alloc(shot.width * shot.height * 3);
  for (let y = 0, o = 0; y < shot.height; y++)
    for (let x = 0, i = y * shot.stride; x < shot.width; x++, i += 4) {
      out[o++] = shot.pixels[i + 2];
      out[o++] = shot.pixels[i + 1];
      out[o++] = shot.pixels[i];
    }
  fs.writeFileSync(file, Buffer.concat([Buffer.from(`P6 ${shot.width} ${shot.height} 255\n`), out]));
}

// What zbar reads off the picture: the payload of its one QR code.
export function readQR(display) {
  const file = path.join(TMP, "screen.ppm");
  writePPM(file, picture(display));
  return execFileSync("zbarimg", ["-q", "--raw", "-Sdisable", "-Sqrcode.enable", file], { encoding: "utf8" }).trim();
}
