import type { Transport } from "../transport/transport.js";
import type { JoinRequest, Welcome } from "../wire/events.js";
import { refused } from "./problems.js";

/**
 * Enters the room under the first of the names that is free there.
 * @throws QsecError the relay's refusal: `room_full`, `name_taken`, …; `link_lost` when no answer came
 */
export async function joinUnderFreeName(
  transport: Transport,
  request: Omit<JoinRequest, "version" | "username">,
  names: readonly string[],
): Promise<Welcome> {
  const [username, ...others] = names;
  const answer = await transport.join({ version: 1, username, ...request });
  if (answer.ok) return answer;
  if (answer.code !== "name_taken" || others.length === 0) throw refused(answer);
  return joinUnderFreeName(transport, request, others);
}
