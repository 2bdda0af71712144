import assert from "node:assert/strict";
import { QsecSession, type MessageDetail } from "@qsec2/sdk";
import { en } from "../../packages/widget/src/locale/en.js";
import { assertNoSidewaysScroll } from "./axe.js";
import { HostilePeer } from "./hostile-peer.js";
import type { RoomPage } from "./room-page.js";
import { scene, type Scene } from "./scene.js";

const ROOM = "attacked";
const TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types lit-html";

/** How alice's browser looks: a window as narrow as a phone's, or dark. */
interface Look {
  readonly narrow?: boolean;
  readonly dark?: boolean;
}

/** A test of a room that is attacked, on a relay of its own. */
export function attack(title: string, look: Look, play: (room: AttackedRoom) => Promise<void>): void {
  scene(title, async (at) => {
    const room = await AttackedRoom.open(at, look);
    try {
      await play(room);
    } finally {
      room.leave();
    }
  });
}

/** What of the page does not belong to the room. */
interface Surroundings {
  readonly html: string;
  readonly globals: readonly string[];
  readonly address: string;
}

/** A room of three: alice at a browser, under the relay's own policy and Trusted Types; carol, honest; and somebody hostile. */
export class AttackedRoom {
  readonly alice: RoomPage;
  readonly carol: QsecSession;
  /** Carol's first message. */
  readonly said: MessageDetail;
  readonly invite: string;
  readonly #hostile: HostilePeer[] = [];
  #surroundings: Surroundings | null = null;

  private constructor(alice: RoomPage, carol: QsecSession, said: MessageDetail, invite: string) {
    this.alice = alice;
    this.carol = carol;
    this.said = said;
    this.invite = invite;
  }

  static async open({ person, relay }: Scene, look: Look): Promise<AttackedRoom> {
    const alice = await person("alice", { colorScheme: look.dark === true ? "dark" : "light" });
    await alice.initializeLink(ROOM, { expected: 16 });
    await alice.sees(en.connection.waiting(1, 16));
    await underTrustedTypes(alice);
    const invite = await alice.inviteLink();
    if (look.narrow === true) await alice.page.setViewportSize({ width: 360, height: 740 });
    const secret = new URL(invite).hash.slice(1);
    const carol = new QsecSession({ relay: relay.url, room: ROOM, username: "carol", secret });
    await carol.connect();
    await carol.secured();
    const said = await carol.send("Hello from carol");
    await alice.reads("Hello from carol");
    return new AttackedRoom(alice, carol, said, invite);
  }

  /** Somebody who has the invite and keeps to nothing. */
  async hostile(name = "mallory"): Promise<HostilePeer> {
    const peer = await HostilePeer.join(name, this.invite);
    this.#hostile.push(peer);
    this.#surroundings ??= await surroundingsOf(this.alice);
    return peer;
  }

  /** Fails unless an honest message is shown at once, where the newest stand, in a room whose parts are all where they were. */
  async assertUnharmed(after: string): Promise<void> {
    const { alice, carol } = this;
    const text = `After ${after}`;
    await carol.send(text);
    await alice.reads(text);
    await alice.message(text).click({ trial: true });
    await alice.composer.click({ trial: true });
    await assertNoSidewaysScroll(alice, after);
    const log = alice.page.getByRole("log");
    const [content, view] = await log.evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
    assert.ok(content <= view, `the messages are ${content} px wide in a list of ${view} px`);
    for (const banner of await this.banners.all()) await banner.getByRole("button").click({ trial: true });
    assert.deepEqual(await surroundingsOf(alice), this.#surroundings, `${after}: the page around the room`);
    assert.deepEqual(alice.person.complaints, [], after);
  }

  /** The security alerts above the conversation. */
  get banners() {
    return this.alice.page.locator("qsec-alerts").getByRole("alert");
  }

  leave(): void {
    for (const peer of this.#hostile) peer.leave();
    this.carol.destroy();
  }
}

/** On top of the page's own policy: no text becomes HTML or a script any more. */
async function underTrustedTypes({ page }: RoomPage): Promise<void> {
  await page.evaluate((content) => {
    document.head.append(
      Object.assign(document.createElement("meta"), { httpEquiv: "Content-Security-Policy", content }),
    );
  }, TRUSTED_TYPES);
}

function surroundingsOf({ page }: RoomPage): Promise<Surroundings> {
  return page.evaluate(() => ({
    html: document.documentElement.outerHTML,
    globals: Object.getOwnPropertyNames(globalThis).sort(),
    address: location.href,
  }));
}
