import { en } from "../../packages/widget/src/locale/en.js";
import type { PersonOptions } from "../../tests/support/person.js";
import { startRelayProcess, type RelayProcess } from "../../tests/support/relay-process.js";
import { RoomPage } from "../../tests/support/room-page.js";

export const FOLDER = "test-results/gallery";

/** How long anything may take, ms. */
const PATIENCE = 15_000;

export const SIZES = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 320, height: 640 },
  broad: { width: 1600, height: 1000 },
} as const;

export interface DrawOptions {
  readonly sizes?: readonly (keyof typeof SIZES)[];
  /** All of a page that is longer than the window. */
  readonly fullPage?: boolean;
  readonly forcedColors?: boolean;
}

/** One state in one size and theme, on the screen now. */
export interface View {
  readonly state: string;
  readonly size: keyof typeof SIZES;
  readonly colorScheme: "light" | "dark";
  readonly fullPage: boolean;
  readonly forcedColors: boolean;
}

/** What is done with each state: a picture is taken, or it is checked. */
export type Look = (who: RoomPage, view: View) => Promise<void>;

/** A relay, the people at it, and what is looked at. */
export class Studio {
  readonly #relay: RelayProcess;
  readonly #look: Look;
  readonly #people: RoomPage[] = [];

  private constructor(relay: RelayProcess, look: Look) {
    this.#relay = relay;
    this.#look = look;
  }

  static async open(look: Look): Promise<Studio> {
    return new Studio(await startRelayProcess(), look);
  }

  get url(): string {
    return this.#relay.url;
  }

  async person(name: string, options: Partial<PersonOptions> = {}): Promise<RoomPage> {
    const page = await RoomPage.open(name, this.url, options);
    page.page.setDefaultTimeout(PATIENCE);
    this.#people.push(page);
    return page;
  }

  /** Alone in a new room: the person, and the link to it. */
  async host(name: string, room: string, expected = 2): Promise<[RoomPage, string]> {
    const host = await this.person(name);
    await host.initializeLink(room, { expected });
    await host.sees(en.connection.waiting(1, expected));
    return [host, await host.inviteLink()];
  }

  /** Somebody who follows the link. */
  async guest(name: string, invite: string): Promise<RoomPage> {
    const guest = await this.person(name);
    await guest.visit(invite);
    await guest.giveName();
    return guest;
  }

  /** Two people with the keys of a room. */
  async pair(
    room: string,
    [first, second]: readonly [string, string] = ["alice", "bob"],
  ): Promise<[RoomPage, RoomPage]> {
    const [host, invite] = await this.host(first, room);
    const guest = await this.guest(second, invite);
    await Promise.all([host.secured(), guest.secured()]);
    return [host, guest];
  }

  /** One look in each theme and size. */
  async draw(who: RoomPage, state: string, options: DrawOptions = {}): Promise<void> {
    const { page } = who;
    const { sizes = ["wide", "narrow"], fullPage = false, forcedColors = false } = options;
    for (const size of sizes) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize(SIZES[size]);
        await page.emulateMedia({ colorScheme, forcedColors: forcedColors ? "active" : "none" });
        await this.#look(who, { state, size, colorScheme, fullPage, forcedColors });
      }
    }
    await page.emulateMedia({ forcedColors: "none" });
    await page.setViewportSize(SIZES.wide);
  }

  async stopRelay(): Promise<void> {
    await this.#relay.stop();
  }

  async close(): Promise<void> {
    await Promise.all(this.#people.map((page) => page.close()));
    await this.#relay.stop().catch(() => undefined); // it may have been stopped for a picture
  }
}

/** Speaks another language from now on. */
export async function speak({ page }: RoomPage, lang: string): Promise<void> {
  await page.locator("qsec-room").evaluate((room: HTMLElement, to) => void (room.lang = to), lang);
}
