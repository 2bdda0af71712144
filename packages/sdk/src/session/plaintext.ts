import type { PlaintextDetail } from "../room/events.js";
import type { Transport } from "../transport/transport.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import { parsePlainText } from "../wire/schemas.js";
import { refused } from "./problems.js";

export interface PlaintextHost {
  readonly allowed: boolean;
  readonly transport: Transport;
  readonly self: { readonly id: MemberId; readonly name: string };
  /** Tells the application what it has sent. */
  said(detail: PlaintextDetail): void;
}

/**
 * Sends a message as it is. Nothing of it is kept to be sent again.
 * @throws QsecError `plaintext_disabled`, `bad_request`, `link_lost`, or another refusal of the relay
 */
export async function sendPlaintext(host: PlaintextHost, text: string): Promise<PlaintextDetail> {
  if (!host.allowed) {
    throw new QsecError(
      "plaintext_disabled",
      "This session sends sealed messages only; it was made without the option `allowPlaintext`.",
    );
  }
  const reply = await host.transport.send({ event: "plain_message", header: {}, text: parsePlainText(text) });
  if (!reply.ok) throw refused(reply);
  const detail: PlaintextDetail = { from: host.self.id, fromName: host.self.name, own: true, text };
  host.said(detail);
  return detail;
}
