import "../define.js";
import { equal, ok } from "../testing/assert.js";
import { ChatScene } from "../testing/chat-scene.js";
import { deep, textOf, until } from "../testing/dom.js";

/** As strict as a page can be: no inline script or style, nothing from elsewhere, and Trusted Types for every sink. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src blob:",
  "media-src blob:",
  "connect-src 'self' blob: ws:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html",
].join("; ");

const TEXTS = [
  "<img src=x onerror='window.ran=1'><script>window.ran=1</script>",
  "{{7*7}} <style>*{display:none}</style>",
  "javascript:window.ran=1 data:text/html,<script>window.ran=1</script>",
  "\u202e\u2066\u2067reversed\u202d https://example.org/\u202egnp.exe",
  "https://bank.example@evil.example/ https://[::1 http://",
  "Z" + "\u0300\u0301\u0302\u0303".repeat(500),
  "W".repeat(20_000),
  "\n".repeat(3_000) + "end",
  "﷽".repeat(40),
  "constructor __proto__ toString",
];

describe("a hostile member, on a page with a strict Content-Security-Policy and Trusted Types", () => {
  let scene: ChatScene;
  const violations: string[] = [];
  const errors: string[] = [];

  before(() => {
    addEventListener("securitypolicyviolation", (event) =>
      violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
    addEventListener("error", ({ message }) => errors.push(message));
    addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
    const meta = document.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = POLICY;
    document.head.append(meta);
  });
  beforeEach(async () => (scene = await ChatScene.open(320)));
  afterEach(() => {
    scene.end();
    equal("ran" in window, false, "script");
    equal(violations.join("; "), "", "violations");
    equal(errors.join("; "), "", "errors");
  });

  /** Every row stands within the list, and nothing in it reaches out of it to the side. */
  function keepsLayout(): void {
    const { log, chat } = scene;
    ok(log.scrollWidth <= log.clientWidth, "the list does not scroll sideways");
    equal(chat.getBoundingClientRect().width, 320, "width of the element");
    ok(document.documentElement.scrollWidth <= document.documentElement.clientWidth, "width of the page");
    for (const bubble of log.querySelectorAll(".bubble"))
      ok(bubble.getBoundingClientRect().width <= log.clientWidth, "width of a bubble");
  }

  it("is under a policy that holds", async () => {
    const div = document.createElement("div");
    let refused = false;
    try {
      div.innerHTML = "<b>x</b>";
    } catch {
      refused = true;
    }
    ok(refused, "Trusted Types");
    await until("the word of it", () => violations.length > 0);
    violations.length = 0;
  });

  it("writes texts that stay texts", async () => {
    for (const text of TEXTS) await scene.bob.send(text);
    const last = await scene.row("constructor __proto__");
    ok(last, "last row");
    const links = [...scene.log.querySelectorAll("a")];
    for (const link of links) ok(/^https?:\/\//.test(link.href) && !link.href.includes("@"), link.href);
    equal(scene.log.querySelector("img, script, style, iframe"), null);
    keepsLayout();
    const tall = [...scene.log.querySelectorAll(".bubble")].map((bubble) => bubble.getBoundingClientRect().height);
    ok(Math.max(...tall) < 1_000, "height of a bubble");
  });

  it("reacts with what is no emoji", async () => {
    const said = await scene.alice.send("react to this");
    const row = await scene.row("react to this");
    for (const emoji of ["W".repeat(64), "Z" + "\u0300".repeat(31), "<b onclick=1>", "\u202e\u202e\u202eabc"]) {
      await scene.bob.chat({ op: "react", ref: said, emoji });
      const start = emoji.replace(/[\u202e]/g, "").slice(0, 3);
      const chip = await until(start, () => {
        const shown = row.querySelector(".reaction");
        return shown?.textContent?.includes(start) ? shown : null;
      });
      const { width, height } = chip.getBoundingClientRect();
      ok(width <= 130 && height <= 32, `chip of ${width} × ${height}`);
    }
    await scene.bob.chat({ op: "react", ref: said, emoji: "\u200b\u2066" });
    await until("no chip", () => row.querySelector(".reaction") === null);
    keepsLayout();
  });

  it("cannot change, delete or limit the messages of others, nor answer what does not exist into being", async () => {
    const said = await scene.alice.send("mine alone");
    const ref = { id: scene.alice.id, epoch: said.epoch, seq: said.seq };
    for (const event of [
      { op: "edit", ref, text: "forged" },
      { op: "delete", ref },
      { op: "expire", ref, seconds: 0 },
    ] as const) {
      // What an honest SDK would not send is told to the element as a broken one would tell it.
      const detail = { from: scene.bob.id, fromName: "bob", own: false, event, sentAt: 0, epoch: ref.epoch, seq: 99 };
      scene.alice.dispatchEvent(new CustomEvent("chat", { detail }));
    }
    await scene.bob.send("to nothing", { replyTo: { ...ref, seq: 4_000_000_000 } });
    await until("the quote", async () => (await scene.row("to nothing")).textContent?.includes("not here"));
    ok((await scene.row("mine alone")).textContent?.includes("mine alone"), "text");
    equal(scene.log.textContent?.includes("forged"), false);
  });

  it("sends files under any name and type, of which only a name is seen", async () => {
    const odd = [
      ["../../etc/passwd", "text/html"],
      ["\u202egnp.exe", "image/svg+xml"],
      ["x".repeat(900) + ".html", "application/xhtml+xml"],
      ["<img src=x onerror=ran=1>.png", "image/png"],
    ] as const;
    for (const [name, mime] of odd)
      await scene.bob.sendFile(new Blob(["<svg xmlns='http://www.w3.org/2000/svg' onload='top.ran=1'/>"]), {
        name,
        mime,
      });
    const files = await until("all rows", () => {
      const all = scene.log.querySelectorAll("qsec-attachment");
      return all.length === odd.length && all;
    });
    for (const file of files) {
      await until("a card", () => deep(file, ".card"));
      equal(deep(file, "img, iframe, object, embed, script"), null);
    }
    const names = textOf(scene.log);
    ok(!names.includes("\u202e") && !names.includes("../"), "names");
    keepsLayout();
  });
});
