import type { FileManifest } from "@qsec2/sdk";
import { encodeManifest } from "../../packages/sdk/src/attachments/manifest.js";
import { decodeRoomSecret, roomContext } from "../../packages/sdk/src/handshake/room-secret.js";
import { CONTENT_TYPE } from "../../packages/sdk/src/room/group-message.js";
import { FileTransfers } from "../../packages/sdk/src/session/file-transfers.js";
import { Puppet } from "../../packages/sdk/src/testing/puppet.js";
import { socketIoTransport } from "../../packages/sdk/src/transport/socket-io.js";
import { utf8 } from "../../packages/sdk/src/wire/bytes.js";

/** A file that lies at the relay: what the message about it says when it is honest. */
export type Uploaded = Record<string, unknown>;

/**
 * A member of a room who has its secret and keeps to nothing: what it says is sealed and signed as it should be, and is
 * checked by nobody before it goes out.
 */
export class HostilePeer {
  readonly puppet: Puppet;
  readonly #files: FileTransfers;

  private constructor(puppet: Puppet, files: FileTransfers) {
    this.puppet = puppet;
    this.#files = files;
  }

  /** Resolves when it can write to the room. @param invite the link of the room @throws what keeps it out */
  static async join(name: string, invite: string): Promise<HostilePeer> {
    const { origin, pathname, hash } = new URL(invite);
    const relayRoom = pathname.split("/").at(-1)!;
    const context = roomContext("link", relayRoom, decodeRoomSecret(hash.slice(1)));
    const transport = socketIoTransport(origin);
    const puppet = new Puppet(name, context, transport, { relayRoom });
    try {
      await puppet.join();
      while (puppet.epoch === null) {
        if (puppet.failures.length > 0) throw puppet.failures[0];
        await new Promise((done) => setTimeout(done, 20));
      }
    } catch (error) {
      puppet.leave();
      throw error;
    }
    const files = new FileTransfers({ rid: () => context.rid, blob: (request) => transport.blob(request) });
    return new HostilePeer(puppet, files);
  }

  get id(): string {
    return this.puppet.id;
  }

  /** Where the next thing that it says will stand. */
  get next(): { readonly id: string; readonly epoch: number; readonly seq: number } {
    const epoch = this.puppet.epoch!;
    return { id: this.id, epoch: epoch.number, seq: epoch.chain(epoch.ownIndex)!.next };
  }

  /** @param ms the time that it claims, milliseconds since 1970 */
  async say(text: string, ms?: number): Promise<void> {
    await this.puppet.tell(CONTENT_TYPE.text, utf8(text), ms);
  }

  /** What is done to messages, well-formed or not. @param event JSON, or its text */
  async does(event: unknown): Promise<void> {
    await this.puppet.tell(CONTENT_TYPE.event, jsonOf(event));
  }

  /** Brings a file to the relay, and tells nobody. */
  async upload(content: BlobPart | readonly BlobPart[]): Promise<Uploaded> {
    const blob = new Blob(Array.isArray(content) ? content : [content as BlobPart]);
    let manifest: Uploaded = {};
    const sendManifest = async (body: Uint8Array): Promise<void> => {
      manifest = JSON.parse(new TextDecoder().decode(body)) as Uploaded;
    };
    await this.#files.send(blob, { name: "file", sendManifest });
    return manifest;
  }

  /** A message about a file, with any of its fields as they are given. */
  async offer(file: Uploaded, fields: Uploaded = {}): Promise<void> {
    await this.puppet.tell(CONTENT_TYPE.file, jsonOf({ ...file, ...fields }));
  }

  leave(): void {
    this.#files.end();
    this.puppet.leave();
  }
}

/** What an honest member would say of a file that does not exist. */
export function nowhere(fields: Partial<FileManifest> = {}): Uploaded {
  const bytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const manifest = {
    blob: bytes(16),
    key: bytes(32),
    digest: bytes(32),
    size: 1_000,
    name: "lost.png",
    mime: "image/png",
  };
  return JSON.parse(new TextDecoder().decode(encodeManifest({ ...manifest, ...fields }))) as Uploaded;
}

function jsonOf(value: unknown): Uint8Array {
  return utf8(typeof value === "string" ? value : JSON.stringify(value));
}

/** Begins and stops to type, over and over. */
export async function floodWithTyping(peer: HostilePeer, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await peer.does({ v: 1, op: "typing", on: i % 2 === 0 });
}

/** Offers one file as many sounds, which programs fetch without being asked to. @param size bytes of it */
export async function floodWithOffers(peer: HostilePeer, times: number, size = 2 ** 20): Promise<void> {
  const sound = await peer.upload(["RIFF", new Uint8Array(size)]);
  for (let i = 0; i < times; i++) await peer.offer(sound, { name: `${i}.wav`, mime: "audio/wav" });
}
