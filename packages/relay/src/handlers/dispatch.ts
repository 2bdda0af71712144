import { QsecError, RELAY_ERROR_CODES, type Refusal, type RelayErrorCode } from "@qsec2/sdk/wire";
import type { RelayContext, RelaySocket } from "../context.js";
import { WAITING_EVENTS_MAX } from "../limits.js";
import { addressOf } from "../socket/address.js";
import { TokenBucket } from "../socket/token-bucket.js";
import type { Soon } from "../soon.js";
import type { Answer, EventRule } from "./call.js";
import { eventLimits } from "./event-limits.js";
import type { InOrder } from "./in-order.js";
import { EVENTS } from "./table.js";

type Respond = (reply: Answer) => void;

const EVENT_NAME_SHOWN = 40;
/** Refusals of events that nobody waits for an answer to. */
const UNASKED_PER_SECOND = 20;

/**
 * The one way from a socket to a handler, and the one guard around every handler: what is not in the table is refused,
 * what throws is answered, nothing ends the process.
 */
export function dispatcher(
  context: RelayContext,
  socket: RelaySocket,
  inOrder: InOrder,
): (packet: readonly unknown[]) => void {
  const count = eventLimits(context, addressOf(socket.request, context.settings.trustProxy));
  // Who floods and waits for no answers gets few.
  let unasked: TokenBucket | undefined;

  const admit = (event: unknown, args: readonly unknown[]): EventRule => {
    const rule = EVENTS.get(event);
    count(rule?.files ? "files" : "messages");
    if (!rule) throw new QsecError("unknown_event", "The protocol has no event of this name.");
    if (context.draining()) throw new QsecError("draining", "The relay is stopping; connect again in a moment.");
    if (event === "join") count("joins");
    if (args.length !== (rule.frame ? 2 : 1)) {
      throw new QsecError("bad_request", `This event has a header${rule.frame ? " and a frame" : " alone"}.`);
    }
    return rule;
  };

  return ([event, ...args]) => {
    // Packets that came with the end of the link are still delivered; a seat for them would never be given up.
    if (!socket.connected) return;
    const ack = args.at(-1);
    const wantsAnswer = typeof ack === "function";
    if (wantsAnswer) args.pop();
    const answer = once(wantsAnswer ? (ack as Respond) : () => {});
    const refuse = (error: unknown): void => {
      const refusal = refusalFor(context, event, error);
      if (wantsAnswer) answer(refusal);
      else if ((unasked ??= new TokenBucket(UNASKED_PER_SECOND, UNASKED_PER_SECOND)).take())
        socket.emit("relay_error", { ...refusal, event: nameToShow(event) });
    };
    try {
      // At once, so that what waits for its turn is what the limits let through.
      const { handle, aside } = admit(event, args);
      if (inOrder.waiting >= WAITING_EVENTS_MAX) {
        context.counters.refuse("waiting");
        throw new QsecError("rate_limited", `At most ${WAITING_EVENTS_MAX} events wait for the relay at once.`);
      }
      // Also when the link has ended meanwhile: above all a `leave` counts. What its end means comes after all of these.
      inOrder.run(() => {
        const done = guarded(
          () => handle(context, { socket, header: args[0], frame: args[1], reply: answer }),
          refuse,
          answer,
        );
        return aside ? undefined : done;
      });
    } catch (error) {
      refuse(error);
    }
  };
}

/** Answers also for what fails, at once or later. */
function guarded(handle: () => Soon<void>, refuse: (error: unknown) => void, answer: Respond): Soon<void> {
  try {
    const done = handle();
    if (done) return done.then(() => answer({ ok: true })).catch(refuse);
    answer({ ok: true });
  } catch (error) {
    refuse(error);
  }
}

/** Only the first answer counts. */
function once(answer: Respond): Respond {
  let answered = false;
  return (reply) => {
    if (answered) return;
    answered = true;
    answer(reply);
  };
}

function refusalFor(context: RelayContext, event: unknown, error: unknown): Refusal {
  if (error instanceof QsecError && RELAY_ERROR_CODES.includes(error.code as RelayErrorCode)) {
    context.log.debug({ event: nameToShow(event), code: error.code }, "refused");
    if (error.code !== "rate_limited") context.counters.refuse(error.code as Exclude<RelayErrorCode, "rate_limited">);
    return { ok: false, code: error.code as RelayErrorCode, message: error.message };
  }
  context.log.error({ event: nameToShow(event), err: error }, "a handler failed");
  context.counters.refuse("internal");
  return { ok: false, code: "internal", message: "The relay could not do this; the fault is not yours." };
}

/** Nothing that a client sends goes out again but short text. */
function nameToShow(event: unknown): string {
  return typeof event === "string" ? event.slice(0, EVENT_NAME_SHOWN) : "?";
}
