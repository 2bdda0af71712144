import type { UserList } from "@qsec2/sdk/wire";

/**
 * Relays change a room in one order and tell of it in another. Of the lists of a room this lets each through that is
 * newer than all before it; from an older one it takes nothing but the word of who has left for good.
 */
export class NewestLists {
  readonly #newest = new Map<string, { readonly version: number; readonly list: UserList }>();

  /** @returns the list to tell the room, or undefined for none */
  pass(channel: string, list: UserList, version: number): UserList | undefined {
    const known = this.#newest.get(channel);
    if (known === undefined || version >= known.version) {
      this.#newest.set(channel, { version, list: withoutDeparted(list) });
      return list;
    }
    return list.departed === undefined ? undefined : { ...known.list, departed: list.departed };
  }

  /** Nobody here is in the room any more. */
  forget(channel: string): void {
    this.#newest.delete(channel);
  }
}

function withoutDeparted({ members, leader, expected }: UserList): UserList {
  return { members, leader, expected };
}
