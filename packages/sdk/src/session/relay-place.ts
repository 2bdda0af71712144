import { toBase64url } from "../wire/base64url.js";
import type { Welcome } from "../wire/events.js";
import { roomHandle } from "../handshake/room-secret.js";
import { pseudonyms } from "../room/views.js";
import type { Transport } from "../transport/transport.js";
import { joinUnderFreeName } from "./join.js";

export interface RelayPlaceOptions {
  readonly room: string;
  readonly username: string;
  /** 32-byte Ed25519 public key */
  readonly id: Uint8Array;
  readonly rid: Uint8Array;
  readonly metadata: "named" | "minimal";
  readonly expected: number;
  readonly allowPlaintext: boolean;
}

/** Where a member stands at the relay and under which name (option `metadata`), and how it takes that place back. */
export class RelayPlace {
  readonly #transport: Transport;
  readonly #options: RelayPlaceOptions;
  readonly #names: readonly string[];
  #room: string;
  #resume: string | undefined;

  constructor(transport: Transport, options: RelayPlaceOptions) {
    this.#transport = transport;
    this.#options = options;
    const { metadata, room, username, id, rid } = options;
    this.#room = metadata === "minimal" ? roomHandle(rid) : room;
    this.#names = metadata === "minimal" ? pseudonyms(id) : [username];
  }

  /** The name that the relay is asked for. */
  get username(): string {
    return this.#names[0];
  }

  /** Joins, or takes the place back after the link was down. @throws QsecError the relay's refusal, `link_lost` */
  async join(): Promise<Welcome> {
    const { id, expected, allowPlaintext } = this.#options;
    const request = {
      room: this.#room,
      id: toBase64url(id),
      expected,
      ...(allowPlaintext ? { plaintext: true } : {}),
      ...(this.#resume === undefined ? {} : { resume: this.#resume }),
    };
    const welcome = await joinUnderFreeName(this.#transport, request, this.#names);
    this.#resume = welcome.resume;
    return welcome;
  }

  /** With a new room secret goes a new handle: the room continues at another place of the relay, without a name again. */
  move(rid: Uint8Array): void {
    this.#transport.send({ event: "leave", header: {} }).catch(() => undefined); // the way back in tells whether the link is up
    this.#room = roomHandle(rid);
    this.#resume = undefined;
  }
}
