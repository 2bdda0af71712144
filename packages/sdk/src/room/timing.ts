/** Every wait of the room, in milliseconds (protocol §5.6, §7.2–7.4). */

/** Nothing heard from the peer for this long in a handshake: it is over. */
export const STEP_TIMEOUT = 10_000;
/** A gate that no person answers. */
export const GATE_TIMEOUT = 10 * 60_000;
/** Pauses before a failed handshake is tried again; after the last it is surfaced, unless what kept it passes by itself. */
export const RETRY_AFTER: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000];
/** What passes by itself is tried again this often, after the pauses above. */
export const RETRY_PASSING = 60_000;
/** A member whose announce has not come is asked for one. */
export const WANT_AFTER = 3_000;
/** A one-time KEM key that nobody used is replaced; its secret must not live longer. */
export const ANNOUNCE_LIFETIME = 10 * 60_000;
/** At most one handshake an id per second is answered, and 30 a minute in all. */
export const ATTEMPT_INTERVAL = 1_000;
export const ATTEMPTS_PER_MINUTE = 30;
export const CONCURRENT_EXCHANGES = 8;
/** Joins that come together become one commit. */
export const COALESCE = 200;
/** A share is resent as it is until it is acknowledged. */
export const SHARE_RESEND = 5_000;
export const SHARE_GIVE_UP = 30_000;
/** An epoch that was replaced stays readable for late frames. */
export const PREVIOUS_EPOCH = 60_000;
/** Frames of an epoch that is not known yet wait for it. */
export const UNKNOWN_EPOCH = 10_000;
export const UNKNOWN_EPOCH_FRAMES = 64;
/** A leader that is not online for this long is silent: the next in signed order takes over. */
export const LEADER_SILENT = 15_000;
/** A leader that has been silent for this much longer: anybody of the room may lead. */
export const LEADER_LOST = 60_000;
/** Each further rank waits this much longer before it takes over. */
export const CANDIDATE_STEP = 5_000;
/** A new leader waits this long for the others' handshakes before it commits without them. */
export const FAILOVER_GATHER = 10_000;
/** A member that is not online for this long is removed. */
export const MEMBER_LOST = 30_000;
/** After YIELD only the successor may lead for this long, then anyone. */
export const SUCCESSOR_ONLY = 30_000;
/** A member asks its leader this often whether it is still there and holds the same epoch. */
export const PING_INTERVAL = 30_000;
/** A question that is not answered is asked again after this long. */
export const PING_AGAIN = 10_000;
/** So many questions without an answer: the leader is silent. */
export const PING_UNANSWERED = 3;
/** After traffic the next question comes this soon, so that everybody learns what has arrived. */
export const PING_AFTER_TRAFFIC = 2_000;
/** So many messages since the last question make the next one due at once, and one that waits for their confirmation asks this often. */
export const PING_AFTER_MESSAGES = 64;
export const PING_WHILE_WAITING = 250;
/** Nothing is sealed to a roster whose leader has not confirmed it within this time. */
export const ROSTER_FRESH = 60_000;
/** What the leader has and this member lacks for this long is reported as missed. */
export const MISSED_AFTER = 10_000;
/** A frame that not everybody is known to have is sent again after these pauses, as the same bytes. */
export const FRAME_RESEND: readonly number[] = [6_000, 10_000, 20_000, 20_000];
/** So many of them go out at once, and the next so much later: less than what a relay lets a member say. */
export const RESEND_BATCH = 16;
export const RESEND_PAUSE = 250;
/** After a link is back a message waits this long for earlier ones of its sender, longer than for their first resend. */
export const RETURN_HOLD = 8_000;
/** Each of the earlier ones that comes lets the message wait this much longer, though never longer than that. */
export const RETURN_HOLD_FILLED = 2_000;
export const RETURN_HOLD_MAX = 30_000;
/** A frame that was sent again for the last time and that not everybody has after this long was kept from somebody. */
export const UNCONFIRMED = 64_000;
/** A private message that its receiver has not confirmed by then may never have arrived. */
export const DIRECT_GIVE_UP = 60_000;
/** The room key is replaced this often, or after so many messages. */
export const REKEY_INTERVAL = 15 * 60_000;
export const REKEY_MESSAGES = 1_000;
/** Or this long after it began, when a member cannot open any more what another says. */
export const REKEY_BEHIND = 60_000;
/** A re-key waits this long for the fresh handshakes before it goes on with those that are done. */
export const REKEY_GATHER = 10_000;
/** A peer that the relay has never listed is forgotten after this long. */
export const STRANGER_LIFETIME = 60_000;
/** So many peers are known at most that the relay does not list. */
export const STRANGERS_MAX = 256;
