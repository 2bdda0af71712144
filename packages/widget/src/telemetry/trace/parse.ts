import { QsecError, type QsecErrorCode } from "@qsec2/sdk";
import { listOf, numberIn, objectOf, oneOf, orNull, text, wholeIn, yesOrNo, type Shape } from "./shape.js";
import {
  EVENTS_MAX,
  TRACE_EVENTS,
  type Trace,
  type TraceEvent,
  type TraceEventMap,
  type TraceEventName,
} from "./trace.js";

/** Characters of a trace's JSON at most. */
export const JSON_MAX = 16 * 2 ** 20;

const share = numberIn(0, 1);
const count = wholeIn(0, 2 ** 27);
const bit = oneOf(0, 1);
const name = text(128);
const peer = objectOf({ id: name, name });
const direction = oneOf("initiator", "responder");
const half = objectOf({ basis: bit, bit: orNull(bit) });
const qubit = objectOf({ index: count, sent: half, measured: half });
const counted = { matched: count, sampled: count, errors: count, reconciled: count, leaked: count, secret: count };
const state = oneOf(
  ...(["idle", "connecting", "waiting", "exchanging", "verifying", "secured", "reconnecting", "closed"] as const),
);

const STEP_NAMES = ["generate", "send", "measure", "bases", "sift", "derive"] as const;

/** What a detail of each event looks like. */
const DETAILS: { readonly [Name in TraceEventName]: Shape<TraceEventMap[Name]> } = {
  "bb84:step": objectOf(
    {
      peer,
      direction,
      step: oneOf(1, 2, 3, 4, 5, 6),
      name: oneOf(...STEP_NAMES),
      attempt: wholeIn(1, 1e6),
      profile: oneOf("classic", "golay", "ldpc", "cascade"),
      counts: objectOf({ qubits: count }, { ...counted, detected: count }),
    },
    { qber: share, noise: share, eve: share, qubits: listOf(qubit, 128) },
  ),
  "bb84:aborted": objectOf(
    {
      peer,
      direction,
      code: text(40) as Shape<QsecErrorCode>,
      message: text(1_000),
      attempt: wholeIn(1, 1e6),
      willRetry: yesOrNo,
      local: yesOrNo,
    },
    { qber: share, eve: share },
  ),
  "bb84:keyed": objectOf({
    peer,
    direction,
    fingerprint: text(16),
    qber: share,
    secret: count,
    eve: share,
    qkd: yesOrNo,
  }),
  members: objectOf({ members: listOf(objectOf({ id: name, name, online: yesOrNo }), 128) }),
  state: objectOf({ state, previous: state }),
  epoch: objectOf({
    number: wholeIn(0, 2 ** 32 - 1),
    reason: text(40) as Shape<TraceEventMap["epoch"]["reason"]>,
    members: wholeIn(0, 128),
  }),
};

const event: Shape<TraceEvent> = (value, path) => {
  const { at, name: which } = objectOf({ at: numberIn(0, 1e12), name: oneOf(...TRACE_EVENTS) })(value, path);
  const detail = DETAILS[which]((value as { readonly detail?: unknown }).detail, `${path}.detail`);
  return { at, name: which, detail } as TraceEvent;
};

const trace = objectOf({
  format: oneOf("qsec2-trace"),
  version: oneOf(1),
  events: listOf(event, EVENTS_MAX),
  dropped: wholeIn(0, Number.MAX_SAFE_INTEGER),
});

/**
 * Reads a trace that was written with `JSON.stringify(recording.trace())`. Nothing in it is taken as it is: what does not
 * have the shape of a recording is refused, and what else is in it is left out.
 *
 * @param json the text, at most 16 MiB, or what `JSON.parse` has made of it
 * @throws QsecError `bad_option`, with the place in the trace and what should stand there
 */
export function parseTrace(json: unknown): Trace {
  if (typeof json !== "string") return inOrder(trace(json, "trace"));
  if (json.length > JSON_MAX) throw new QsecError("bad_option", "A trace has at most 16 MiB of JSON.");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new QsecError(
      "bad_option",
      "This is not a trace that can be shown: it is not JSON, or it ends in the middle.",
      {
        cause: error,
      },
    );
  }
  return inOrder(trace(value, "trace"));
}

function inOrder(read: Trace): Trace {
  read.events.forEach(({ at }, i) => {
    if (i > 0 && at < read.events[i - 1].at)
      throw new QsecError("bad_option", `This is not a trace that can be shown: 'trace.events[${i}]' is out of order.`);
  });
  return read;
}
