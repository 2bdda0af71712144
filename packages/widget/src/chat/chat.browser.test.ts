import { sendKeys } from "@web/test-runner-commands";
import "../define.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { ChatScene } from "../testing/chat-scene.js";
import { deep, textOf, until } from "../testing/dom.js";

describe("<qsec-chat> with sessions on a relay in the page", () => {
  let scene: ChatScene;
  beforeEach(async () => (scene = await ChatScene.open()));
  afterEach(() => scene.end());

  it("shows what is sent at once, and how far it has come", async () => {
    const heard = scene.heard("message");
    scene.write("hello bob");
    scene.submit();
    const row = await scene.row("hello bob");
    await until("the mark", () => row.querySelector(".mark.sent, .mark.delivered"));
    await scene.bob.chat({ op: "receipt", ref: await heard, state: "read" });
    const mark = await until("read", () => row.querySelector(".mark.read"));
    includes(mark.textContent, "Read by bob");
    await expectAccessible(scene.chat);
  });

  it("tells the sender that a message was read, and tells nothing when it is discreet", async () => {
    const receipt = scene.heard("chat");
    const said = await scene.bobSays("read me");
    const { event } = await receipt;
    equal(event.op === "receipt" && event.ref.seq, said.seq);
    scene.chat.discreet = true;
    const told: string[] = [];
    scene.bob.addEventListener("chat", ({ detail }) => told.push(detail.event.op));
    await scene.bobSays("read me too");
    scene.write("an answer");
    const answer = scene.heard("message");
    scene.submit();
    await answer;
    equal(told.join(), "");
  });

  it("answers a message with its quote, which leads back to it", async () => {
    await scene.bobSays("a question");
    await scene.act(await scene.row("a question"), "Reply");
    await until("the context", () => deep(scene.chat, ".context"));
    await expectAccessible(scene.chat);
    const heard = scene.heard("message");
    scene.write("an answer");
    scene.submit();
    equal((await heard).replyTo?.id, scene.bob.id);
    const row = await scene.row("an answer");
    const quote = row.querySelector<HTMLElement>("button.quote")!;
    includes(quote.textContent, "a question");
    quote.click();
    const question = await scene.row("a question");
    await until("focus on the question", () => scene.chat.shadowRoot!.activeElement === question);
  });

  it("reacts with an emoji of the list or any other, and takes it back", async () => {
    await scene.bobSays("good news");
    const row = await scene.row("good news");
    await scene.act(row, "React");
    await scene.press("React with 🎉");
    const chip = await until("the chip", () => row.querySelector<HTMLElement>(".reaction"));
    includes(chip.textContent, "🎉");
    equal(chip.getAttribute("aria-pressed"), "true");
    equal(chip.getAttribute("aria-label"), "🎉 by You");
    await expectAccessible(scene.chat);
    const removed = scene.heard("chat");
    chip.click();
    const { event } = await removed;
    equal(event.op === "react" && event.emoji, "");
    await until("no chip", () => row.querySelector(".reaction") === null);
    await scene.act(row, "React");
    const field = await until("the field", () => scene.toolbar?.querySelector("input"));
    field.value = "👩‍🚀🚀";
    field.form!.requestSubmit();
    await until("the other chip", () => row.querySelector(".reaction")?.textContent?.includes("👩‍🚀"));
    equal(row.querySelector(".reaction")!.textContent.includes("🚀🚀"), false);
  });

  it("changes and deletes own messages, and offers neither for those of others", async () => {
    scene.write("helo");
    scene.submit();
    const row = await scene.row("helo");
    await until("sent", () => row.querySelector(".mark.sent, .mark.delivered"));
    await scene.act(row, "Edit");
    await until("the text in the field", () => scene.field.value === "helo");
    const edited = scene.heard("chat");
    scene.write("hello");
    scene.submit();
    await edited;
    await until("the mended text", () => row.textContent?.includes("hello") && row.textContent.includes("edited"));
    equal(scene.field.value, "");
    await scene.act(row, "Delete");
    await scene.press("Keep it");
    await scene.press("Delete");
    await until("the question", () => scene.toolbar?.textContent?.includes("Delete for everybody?"));
    await scene.press("Delete");
    await until("the tombstone", () => row.textContent?.includes("This message was deleted."));
    await scene.bobSays("theirs");
    (await scene.row("theirs")).focus();
    await until("the toolbar", () => scene.toolbar);
    await until("no Edit", () => scene.toolbar!.querySelector("[aria-label=Edit], [aria-label=Delete]") === null);
  });

  it("is walked through with the arrow keys, into the toolbar and back, by keyboard alone", async () => {
    await scene.bobSays("first");
    await scene.bobSays("second");
    scene.log.focus();
    const focused = () => scene.chat.shadowRoot!.activeElement;
    await sendKeys({ press: "ArrowUp" });
    const [first, second] = [await scene.row("first"), await scene.row("second")];
    equal(focused(), second);
    await sendKeys({ press: "ArrowUp" });
    equal(focused(), first);
    await until("the toolbar", () => scene.toolbar);
    await sendKeys({ press: "Enter" });
    const inside = () => focused()?.shadowRoot?.activeElement?.getAttribute("aria-label");
    await until("React", () => inside() === "React");
    await sendKeys({ press: "ArrowRight" });
    equal(inside(), "Reply");
    await sendKeys({ press: "Home" });
    await sendKeys({ press: "Enter" });
    await until("the emoji", () => inside() === "React with 👍");
    await expectAccessible(scene.chat);
    await sendKeys({ press: "Escape" });
    await until("the actions again", () => inside() === "React");
    await sendKeys({ press: "Escape" });
    equal(focused(), first);
  });

  it("takes the toolbar of a message away when the focus goes on, so that it covers nothing", async () => {
    await scene.bobSays("look at this");
    (await scene.row("look at this")).focus();
    await until("the toolbar", () => scene.toolbar);
    await sendKeys({ press: "Tab" });
    equal(scene.chat.shadowRoot!.activeElement?.localName, "qsec-message-actions", "where Tab leads to");
    ok(scene.toolbar, "the toolbar, while the focus is in it");
    scene.field.focus();
    await until("no toolbar", () => scene.toolbar === null);
  });

  it("counts what comes while one reads further up, divides it off, and jumps to it", async () => {
    for (let i = 0; i < 30; i++) await scene.bob.send(`line ${i}`);
    await scene.row("line 29");
    const atEnd = () => scene.log.scrollHeight - scene.log.scrollTop - scene.log.clientHeight < 2;
    await until("the end", atEnd);
    scene.log.scrollTop = 0;
    // A file of a message is there at this moment, before the browser has said that somebody moved up.
    scene.log.querySelector("[data-id]")!.dispatchEvent(new CustomEvent("qsec-grown", { bubbles: true }));
    equal(scene.log.scrollTop, 0, "place at once");
    const button = await until("the button", () => deep<HTMLButtonElement>(scene.chat, ".jump"));
    await scene.bob.send("news");
    await until("the count", () => button.textContent?.includes("1 new message"));
    equal(scene.log.scrollTop, 0, "place");
    await expectAccessible(scene.chat);
    button.click();
    await until("no button", () => deep(scene.chat, ".jump") === null);
    includes((await scene.row("news")).previousElementSibling?.textContent, "New messages");
    await until("the end", atEnd);
  });

  it("finds a text and walks through what it has found", async () => {
    for (const text of ["an apple", "a pear", "APPLE pie"]) await scene.bobSays(text);
    (await until("the button", () => deep<HTMLElement>(scene.chat, "[data-opens=search]"))).click();
    const field = await until("the field", () => deep<HTMLInputElement>(scene.chat, "input[type=search]"));
    field.value = "apple";
    field.dispatchEvent(new Event("input"));
    const place = () => deep(scene.chat, ".place")?.textContent;
    await until("the place", () => place() === "2 of 2");
    const current = () => scene.log.querySelector(".current");
    await until("the last match", () => current()?.textContent?.includes("APPLE pie"));
    equal(current()!.querySelector("mark")?.textContent, "APPLE");
    await expectAccessible(scene.chat);
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));
    await until("the first match", () => current()?.textContent?.includes("an apple"));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
    await until("no marks", () => scene.log.querySelector("mark") === null);
  });

  it("says who types, until the message is there", async () => {
    await scene.bob.chat({ op: "typing", on: true });
    await until("the line", () => textOf(scene.chat).includes("bob is typing"));
    await scene.bobSays("done");
    await until("no line", () => !textOf(scene.chat).includes("bob is typing"));
    const typing = scene.heard("chat");
    scene.write("h");
    equal((await typing).event.op, "typing");
  });

  it("lets the leader set how long messages stay, tells everybody, and takes them away", async () => {
    (await until("the button", () => deep<HTMLElement>(scene.chat, "[data-opens=lifetime]"))).click();
    const choice = await until("a choice", () => deep<HTMLInputElement>(scene.chat, "label:nth-of-type(2) input"));
    const set = scene.heard("chat");
    await expectAccessible(scene.chat);
    choice.click();
    equal((await set).event.op, "expire");
    await until("the line", () => scene.log.textContent?.includes("You set messages to disappear after 1 minute"));
    await until("the state", () => textOf(deep(scene.chat, ".state")!).includes("Messages disappear after 1 minute"));
    await scene.alice.chat({ op: "expire", seconds: 1 });
    await scene.bobSays("short-lived");
    await until("its end", () => !scene.log.textContent?.includes("short-lived"));
  });

  it("lets nobody but the leader set it", async () => {
    scene.chat.session = scene.bob;
    await scene.chat.updateComplete;
    (await until("the button", () => deep<HTMLElement>(scene.chat, "[data-opens=lifetime]"))).click();
    const fields = await until("the choices", () => deep<HTMLFieldSetElement>(scene.chat, "fieldset"));
    ok(fields.disabled, "disabled");
    includes(fields.textContent, "Only the leader");
  });

  it("does not announce when it is told not to", async () => {
    equal(scene.log.getAttribute("aria-live"), "polite");
    scene.chat.announce = "off";
    await scene.chat.updateComplete;
    equal(scene.log.getAttribute("aria-live"), "off");
  });
});
