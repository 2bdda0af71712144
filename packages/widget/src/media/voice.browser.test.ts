import "../define.js";
import { equal, includes, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { ChatScene } from "../testing/chat-scene.js";
import { deep, textOf, until } from "../testing/dom.js";

const NO = (name: string) => () => Promise.reject(new DOMException("no", name));

describe("a voice message", () => {
  let scene: ChatScene;
  const { getUserMedia } = navigator.mediaDevices;
  beforeEach(async () => (scene = await ChatScene.open(320)));
  afterEach(() => {
    navigator.mediaDevices.getUserMedia = getUserMedia;
    scene.end();
  });

  const voice = () => deep(scene.chat, "qsec-voice");
  const button = (label: string) =>
    until(label, () =>
      [...(voice()?.shadowRoot?.querySelectorAll("button") ?? [])].find(
        (each) => each.getAttribute("aria-label") === label || each.textContent?.trim() === label,
      ),
    );
  const record = async (): Promise<void> => {
    deep(scene.chat, "[aria-label='Record a voice message']")!.click();
    await until("the recorder", voice);
  };

  it("is recorded with a level, listened to, and sent", async () => {
    const tracks: MediaStreamTrack[] = [];
    navigator.mediaDevices.getUserMedia = async (asked) => {
      const stream = await getUserMedia.call(navigator.mediaDevices, asked);
      tracks.push(...stream.getTracks());
      return stream;
    };
    await record();
    const stop = await button("Stop and listen");
    // The browser's fake microphone beeps once a second. Firefox hears it only on a machine that can play sound, too.
    if (!navigator.userAgent.includes("Firefox"))
      await until("a level", () => (deep<HTMLMeterElement>(voice()!, "meter")?.value ?? 0) > 0);
    await expectAccessible(scene.chat);
    stop.click();
    const audio = await until("the review", () => deep<HTMLAudioElement>(voice()!, "audio"));
    ok(audio.src.startsWith("blob:"), "address");
    ok(
      tracks.every(({ readyState }) => readyState === "ended"),
      "the microphone is let go",
    );
    await expectAccessible(scene.chat);
    const heard = scene.heard("message");
    (await button("Send voice message")).click();
    const { file } = await heard;
    equal(file?.mime, "audio/webm");
    equal(file?.name, "voice-message.webm");
    ok((await scene.bob.openFile(file!)).size > 0, "content");
    await until("the composer", () => voice() === null && scene.field);
  });

  it("lets go of the microphone when it is discarded, or when the element goes", async () => {
    const streams: MediaStream[] = [];
    navigator.mediaDevices.getUserMedia = async (asked) => {
      const stream = await getUserMedia.call(navigator.mediaDevices, asked);
      streams.push(stream);
      return stream;
    };
    const ended = (at: number) => streams[at]?.getTracks().every(({ readyState }) => readyState === "ended");
    await record();
    await button("Stop and listen");
    (await button("Discard")).click();
    await until("silence", () => ended(0));
    await until("the field", () => deep(scene.chat, "textarea"));
    await record();
    await button("Stop and listen");
    scene.chat.remove();
    await until("silence", () => ended(1));
  });

  for (const [name, words] of [
    ["NotAllowedError", "The microphone was refused"],
    ["NotFoundError", "No microphone was found"],
    ["NotReadableError", "another program may have it"],
  ] as const) {
    it(`says in plain words what ${name} means, and tries again`, async () => {
      navigator.mediaDevices.getUserMedia = NO(name);
      await record();
      const alert = await until("the reason", () => deep(voice()!, "[role=alert]"));
      includes(alert.textContent, words);
      await expectAccessible(scene.chat);
      navigator.mediaDevices.getUserMedia = getUserMedia;
      (await button("Try again")).click();
      await button("Stop and listen");
      (await button("Discard")).click();
    });
  }

  it("says that the page is not secure, or that the browser cannot record", async () => {
    const secure = Object.getOwnPropertyDescriptor(window, "isSecureContext")!;
    Object.defineProperty(window, "isSecureContext", { value: false, configurable: true });
    try {
      await record();
      await until("the reason", () => textOf(voice()!).includes("need a secure page"));
      (await button("Discard")).click();
    } finally {
      Object.defineProperty(window, "isSecureContext", secure);
    }
    const { MediaRecorder } = window;
    Reflect.deleteProperty(window, "MediaRecorder");
    try {
      await until("the end of the first", () => voice() === null);
      await record();
      await until("the reason", () => textOf(voice()!).includes("cannot record sound"));
    } finally {
      Object.defineProperty(window, "MediaRecorder", { value: MediaRecorder, configurable: true, writable: true });
    }
  });
});
