import { CONTENT_TYPE } from "../room/group-message.js";
import { encodePublished, type Published } from "../room/published.js";
import type { Room } from "../room/room.js";
import type { Transport } from "../transport/transport.js";
import { refused } from "./problems.js";

export interface PublishHost {
  readonly transport: Transport;
  readonly inRoom: <T>(task: (room: Room, now: number) => Promise<T>) => Promise<T>;
}

/** Seals bytes of an application and has the relay pass them on, once. @throws QsecError, or the relay's refusal */
export async function publish({ transport, inRoom }: PublishHost, published: Published): Promise<void> {
  const body = encodePublished(published);
  const { frame } = await inRoom((room, now) => room.sealer.seal(CONTENT_TYPE.published, body, now));
  const reply = await transport.send({ event: "relay", header: { type: published.type }, frame });
  if (!reply.ok) throw refused(reply);
}
