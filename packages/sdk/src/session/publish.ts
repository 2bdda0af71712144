import { CONTENT_TYPE } from "../room/group-message.js";
import { encodePublished, type Published } from "../room/published.js";
import type { Room } from "../room/room.js";
import type { Transport } from "../transport/transport.js";
import { QsecError } from "../wire/errors.js";
import { refused } from "./problems.js";

export interface PublishHost {
  readonly transport: Transport;
  /** Whether the link to the relay is up, as far as is known. */
  readonly isLinked: boolean;
  readonly inRoom: <T>(task: (room: Room, now: number) => Promise<T>) => Promise<T>;
}

/** Seals bytes of an application and has the relay pass them on, once. @throws QsecError, or the relay's refusal */
export async function publish(host: PublishHost, published: Published): Promise<void> {
  const { transport, inRoom, isLinked } = host;
  const body = encodePublished(published);
  // Sealed for nobody it would use up a number, and nothing said after it could be told as delivered.
  if (!isLinked) throw new QsecError("link_lost", "The link to the relay is down: these bytes were not published.");
  const { frame } = await inRoom((room, now) => room.sealer.seal(CONTENT_TYPE.published, body, now));
  const reply = await transport.send({ event: "relay", header: { type: published.type }, frame });
  if (!reply.ok) throw refused(reply);
}
