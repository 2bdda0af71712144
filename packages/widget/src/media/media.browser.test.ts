import "../define.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { ChatScene } from "../testing/chat-scene.js";
import { deep, textOf, until } from "../testing/dom.js";

async function picture(width = 40, height = 30): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  context.fillStyle = "teal";
  context.fillRect(0, 0, width, height);
  return new File([await canvas.convertToBlob({ type: "image/png" })], "photo.png", { type: "image/png" });
}

function sound(): File {
  const header = [
    [82, 73, 70, 70, 0x64, 0x1f, 0, 0, 87, 65, 86, 69, 102, 109, 116, 32, 16, 0, 0, 0, 1, 0, 1, 0],
    [0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0, 100, 97, 116, 97, 0x40, 0x1f, 0, 0],
  ].flat();
  return new File([Uint8Array.from(header), new Uint8Array(8_000).fill(128)], "sound.wav", { type: "audio/wav" });
}

/** Nothing of a file can be seen from outside: a page asks whether its address still opens. */
async function opens(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe("files in <qsec-chat>", () => {
  let scene: ChatScene;
  beforeEach(async () => (scene = await ChatScene.open(320)));
  afterEach(() => scene.end());

  const attachments = (): Element[] => [...scene.log.querySelectorAll("qsec-attachment")];
  const last = (count: number) => until(`${count} files`, () => attachments()[count - 1]);

  it("shows a picture from its decrypted bytes, in a box that does not depend on it, and takes its address back", async () => {
    await scene.bob.sendFile(await picture(3_000, 20), { mime: "image/png" });
    const file = await last(1);
    const image = await until("the picture", () => deep<HTMLImageElement>(file, "button img"));
    await image.decode();
    ok(image.src.startsWith("blob:"), "blob address");
    ok(file.getBoundingClientRect().width < 300, "width");
    ok(await opens(image.src), "opens while it is shown");
    await expectAccessible(scene.chat);
    deep(file, "button.picture")!.click();
    await until("the dialog", () => deep<HTMLDialogElement>(file, "dialog")?.open);
    deep(file, "dialog button")!.click();
    const { src } = image;
    scene.chat.remove();
    equal(await opens(src), false, "opens when it is gone");
  });

  it("plays sounds with the browser's own controls", async () => {
    await scene.bob.sendFile(sound(), { mime: "audio/wav" });
    const audio = await until("the sound", () => deep<HTMLAudioElement>(scene.log, "audio"));
    await until("its length", () => audio.duration > 0);
    ok(audio.controls, "controls");
  });

  it("keeps the end of a long name in sight", async () => {
    const name = `${"a very long photo.png ".repeat(8)}.exe`;
    await scene.bob.sendFile(new File(["no photo"], name));
    const file = await last(1);
    const shown = await until("the name", () => deep<HTMLElement>(file, ".name"));
    equal(shown.textContent, name);
    const end = document.createRange();
    end.selectNodeContents(shown);
    end.setStartAfter(shown.querySelector("span")!);
    equal(end.toString(), ".exe");
    const [own, card] = [end.getBoundingClientRect(), deep(file, ".card")!.getBoundingClientRect()];
    ok(own.width > 10 && own.right < card.right, "inside of the card");
  });

  for (const [name, mime, content] of [
    ["drawing.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='parent.ran=1'/>"],
    ["page.html", "text/html", "<script>parent.ran=1</script>"],
    // Fetched without being asked for, as its sender says that it is a picture: until then its button is to stop that.
    ["liar.png", "image/png", "<svg xmlns='http://www.w3.org/2000/svg' onload='parent.ran=1'/>"],
  ] as const) {
    it(`offers ${name} as a download of a type that no browser opens, and renders nothing of it`, async () => {
      await scene.bob.sendFile(new File([content], name), { mime });
      const file = await last(1);
      if (mime !== "image/png") (await until("a button", () => deep<HTMLElement>(file, ".card button"))).click();
      const link = await until("the link", () => deep<HTMLAnchorElement>(file, "a.save"));
      equal(link.download, name);
      equal((await (await fetch(link.href)).blob()).type, "application/octet-stream");
      equal(deep(file, "img, video, audio, iframe, object, embed, svg:not(.icon)"), null);
      equal("ran" in window, false, "script");
    });
  }

  it("gives the browser no playlist, which it would follow to the addresses in it, and no sound of nothing", async () => {
    const list = `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${location.origin}/leak.ts\n#EXT-X-ENDLIST\n`;
    await scene.bob.sendFile(new File([list], "list.mp3"), { mime: "audio/mpeg" });
    await scene.bob.sendFile(new File([], "empty.ogg"), { mime: "audio/ogg" });
    await until("the words", () => textOf(scene.log).split("This cannot be shown here").length === 3);
    equal(deep(scene.log, "audio, video"), null);
    equal(performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("leak.ts")).length, 0);
  });

  it("shows no picture of which the browser would draw more than its head says", async () => {
    const canvas = new OffscreenCanvas(400, 300);
    canvas.getContext("2d")!.fillRect(0, 0, 9, 9);
    const jpeg = await canvas.convertToBlob({ type: "image/jpeg" });
    // A GIF whose screen is one pixel and whose first picture is not.
    const gif = [71, 73, 70, 56, 57, 97, 1, 0, 1, 0, 128, 0, 0, 0, 0, 0, 255, 255, 255, 44, 0, 0, 0, 0, 0, 4, 0, 4, 0];
    const lzw = [2, 2, 76, 1, 0, 59];
    await scene.bob.sendFile(new File([Uint8Array.from([...gif, ...lzw])], "screen.gif"), { mime: "image/gif" });
    await scene.bob.sendFile(new File([jpeg], "plain.jpg"), { mime: "image/jpeg" });
    const other = await last(2);
    const shown = await until("the other picture", () => deep<HTMLImageElement>(other, "button img"));
    equal(shown.getAttribute("width"), "400", "width of the other");
    const first = deep<HTMLImageElement>(attachments()[0], "button img");
    ok(first === null || first.naturalWidth * first.naturalHeight <= 1, "pixels");
  });

  it("says that media is broken, and still offers to save it", async () => {
    const png = new Uint8Array(await (await picture()).arrayBuffer());
    await scene.bob.sendFile(new File([png.slice(0, 40)], "cut.png"), { mime: "image/png" });
    await scene.bob.sendFile(new File(["no sound"], "odd.wav"), { mime: "audio/wav" });
    await until("the words", () => textOf(scene.log).split("This cannot be shown here").length === 3);
    equal(attachments().filter((file) => deep(file, "a.save") !== null).length, 2);
    ok(scene.log.scrollWidth <= scene.log.clientWidth, "width");
    await expectAccessible(scene.chat);
  });

  it("takes files by picker, paste and drop, and sends them with the text", async () => {
    const give = async (): Promise<DataTransfer> => {
      const data = new DataTransfer();
      data.items.add(await picture());
      return data;
    };
    const picker = deep<HTMLInputElement>(scene.chat, "input[type=file]")!;
    picker.files = (await give()).files;
    picker.dispatchEvent(new Event("change"));
    const paste = new ClipboardEvent("paste", { bubbles: true });
    // Firefox takes no files over from the constructor's options.
    Object.defineProperty(paste, "clipboardData", { value: await give() });
    scene.field.dispatchEvent(paste);
    const target = deep(scene.chat, ".whole")!;
    target.dispatchEvent(new DragEvent("dragover", { dataTransfer: await give(), bubbles: true, cancelable: true }));
    await until("the hint", () => deep(scene.chat, ".drop"));
    target.dispatchEvent(new DragEvent("drop", { dataTransfer: await give(), bubbles: true, cancelable: true }));
    await until("three files", () => scene.chat.shadowRoot && deep(scene.chat, ".files")?.children.length === 3);
    await expectAccessible(scene.chat);
    deep(scene.chat, ".files button")!.click();
    await until("two files", () => deep(scene.chat, ".files")?.children.length === 2);
    const got: string[] = [];
    scene.bob.addEventListener("message", ({ detail }) => got.push(detail.file?.name ?? detail.text));
    scene.write("look");
    scene.submit();
    await until("all at bob's", () => got.length === 3);
    equal(got.join(), "look,photo.png,photo.png");
    const thumbs = await until("the pictures", () => attachments().length === 2 && attachments());
    for (const each of thumbs) await until("a picture", () => deep(each, "img"));
  });

  it("shows an upload's progress, cancels it, and tells nobody about a file that was cancelled", async () => {
    const got: string[] = [];
    scene.bob.addEventListener("message", ({ detail }) => got.push(detail.file?.name ?? detail.text));
    const composer = deep(scene.chat, "qsec-composer") as HTMLElementTagNameMap["qsec-composer"];
    composer.attach([new File([new Uint8Array(24 * 2 ** 20)], "large.bin")]);
    scene.submit();
    const file = await last(1);
    await until("the bar", () => deep(file, "progress"));
    (await until("Cancel", () => deep<HTMLElement>(file, "[aria-label='Cancel large.bin']"))).click();
    await until("no row", () => attachments().length === 0);
    await scene.alice.send("after");
    await until("the text", () => got.length > 0);
    equal(got.join(), "after");
  });

  it("cancels a download and begins it again", async () => {
    await scene.bob.sendFile(new File([new Uint8Array(24 * 2 ** 20)], "large.bin"), { mime: "" });
    const file = await last(1);
    (await until("Download", () => deep<HTMLElement>(file, "[aria-label='Download large.bin']"))).click();
    (await until("Cancel", () => deep<HTMLElement>(file, "[aria-label='Cancel large.bin']"))).click();
    await until("the word", () => textOf(file).includes("Cancelled"));
    (await until("Try again", () => deep<HTMLElement>(file, "[aria-label='Download large.bin']"))).click();
    const link = await until("the link", () => deep<HTMLAnchorElement>(file, "a.save"));
    equal((await (await fetch(link.href)).arrayBuffer()).byteLength, 24 * 2 ** 20);
  });

  it("says in plain words why a file could not be sent, sends it on the second try, or takes it out of the list", async () => {
    const composer = deep(scene.chat, "qsec-composer") as HTMLElementTagNameMap["qsec-composer"];
    let broken = true;
    const file = new File(["content"], "notes.txt");
    const stream = file.stream.bind(file);
    Object.defineProperty(file, "stream", {
      value: () => {
        if (broken) throw new Error("gone");
        return stream();
      },
    });
    composer.attach([file]);
    scene.submit();
    const shown = await last(1);
    await until("the reason", () => textOf(shown).includes("The file cannot be read any more"));
    await expectAccessible(scene.chat);
    broken = false;
    const heard = scene.heard("message");
    deep(shown, ".card button")!.click();
    includes((await heard).file?.name, "notes.txt");
    broken = true;
    composer.attach([file]);
    scene.submit();
    const second = await last(2);
    await until("the reason", () => textOf(second).includes("The file cannot be read any more"));
    deep(second, ".card .quiet")!.click();
    await until("one row", () => attachments().length === 1);
  });

  it("offers no second try for a file that is too large, however often one tries", async () => {
    const composer = deep(scene.chat, "qsec-composer") as HTMLElementTagNameMap["qsec-composer"];
    composer.attach([Object.defineProperty(new File(["content"], "everything.iso"), "size", { value: 2 ** 40 })]);
    scene.submit();
    const file = await last(1);
    await until("the reason", () => textOf(file).includes("larger than the relay allows"));
    const buttons = await until("a way out", () => file.shadowRoot!.querySelectorAll(".card button"));
    equal([...buttons].map((button) => button.textContent.trim()).join(), "Remove");
  });
});
