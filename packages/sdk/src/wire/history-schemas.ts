/** Parsers of the header and the answer of `fetch_history`; rules as in `schemas.ts`. */
import { fields, get, integer, list } from "./fields.js";
import type { Refusal } from "./events.js";
import type { FetchHistory, HistoryPage, StoredMessage } from "./history-events.js";
import { GROUP_FRAME_MAX, HISTORY_PAGE_MAX } from "./limits.js";
import { parseFrame, parseMemberId, parseRefusal } from "./schemas.js";

/** Checks a `fetch_history`. */
export function parseFetchHistory(value: unknown): Required<FetchHistory> {
  const object = fields(value);
  return { since: get(object, "since") === undefined ? 0 : integer(object, "since", 0, Number.MAX_SAFE_INTEGER) };
}

/** The answer to `fetch_history`, with its frames as bytes. */
export function parseHistoryPage(value: unknown): HistoryPage<Uint8Array> | Refusal {
  const object = fields(value);
  if (get(object, "ok") !== true) return parseRefusal(object);
  return {
    ok: true,
    messages: list(object, "messages", HISTORY_PAGE_MAX, parseStored),
    more: get(object, "more") === true,
    last: integer(object, "last", 0, Number.MAX_SAFE_INTEGER),
  };
}

function parseStored(value: unknown): StoredMessage<Uint8Array> {
  const object = fields(value);
  return {
    seq: integer(object, "seq", 1, Number.MAX_SAFE_INTEGER),
    from: parseMemberId(get(object, "from")),
    frame: parseFrame(get(object, "frame"), GROUP_FRAME_MAX),
  };
}
