import assert from "node:assert/strict";
import { test } from "node:test";
import type { PersonOptions } from "./person.js";
import { startRelayProcess, type RelayProcess } from "./relay-process.js";
import { RoomPage } from "./room-page.js";

/** A relay and the people at it. */
export interface Scene {
  readonly relay: RelayProcess;
  person(name: string, options?: Partial<PersonOptions>): Promise<RoomPage>;
}

/** A test with a relay of its own. At its end nobody's browser may have complained; on a failure each takes a picture. */
export function scene(title: string, play: (scene: Scene) => Promise<void>): void {
  test(title, async () => {
    const relay = await startRelayProcess();
    const people: RoomPage[] = [];
    const person = async (name: string, options?: Partial<PersonOptions>): Promise<RoomPage> => {
      const page = await RoomPage.open(name, relay.url, options);
      people.push(page);
      return page;
    };
    try {
      await play({ relay, person });
      for (const { person } of people) assert.deepEqual(person.complaints, [], `${person.name}'s browser complained`);
    } catch (error) {
      await Promise.all(
        people.map((page) => page.screenshot(`failed-${title.replace(/\W+/g, "-")}-${page.person.name}`)),
      );
      throw error;
    } finally {
      await Promise.all(people.map((page) => page.close()));
      await relay.stop();
    }
  });
}
