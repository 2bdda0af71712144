import { encodeChatEvent } from "../../packages/sdk/src/chat/chat-event.js";
import { CONTENT_TYPE, sealGroupMessage } from "../../packages/sdk/src/room/group-message.js";
import {
  commitHash,
  encodeCommit,
  keyCommitment,
  signCommit,
  type EpochCommit,
} from "../../packages/sdk/src/room/epoch-commit.js";
import { Epoch, senderKey } from "../../packages/sdk/src/room/epoch.js";
import { encodeShare } from "../../packages/sdk/src/room/share.js";
import { toBase64url } from "../../packages/sdk/src/wire/base64url.js";
import { fromUtf8, toHex, utf8 } from "../../packages/sdk/src/wire/bytes.js";
import { KIND } from "../../packages/sdk/src/wire/kinds.js";
import { runScenario } from "./handshakes.js";
import { ALICE, BOB } from "./people.js";

const START = 1_767_225_600_000;

/** The first epoch of alice and bob in the golay scenario: its commit, its share, and two messages. */
export async function epochVector() {
  const { meeting, done } = await runScenario("golay");
  const roomKey = new Uint8Array(32).fill(0x4b);
  const head = { rid: meeting.room.rid, epoch: 1, prev: new Uint8Array(32) };
  const commit: EpochCommit = {
    ...head,
    ms: START,
    reason: "create",
    flags: 0,
    capacity: 16,
    keyCommitment: keyCommitment(roomKey, head),
    roster: [ALICE, BOB].map(({ id, name }) => ({ id, name })),
  };
  const encoded = encodeCommit(commit);
  const h = commitHash(encoded);
  const signature = signCommit(ALICE.seed, encoded);
  const share = encodeShare({ commit: encoded, signature, roomKey });
  const record = await done.outcomeA.session.seal(KIND.SHARE, share);
  const epoch = new Epoch(commit, encoded, roomKey.slice(), ALICE.id);
  const text = await sealGroupMessage(epoch, ALICE.seed, {
    type: CONTENT_TYPE.text,
    ms: START + 1000,
    body: utf8("hello"),
  });
  const body = encodeChatEvent({ op: "react", ref: { id: toBase64url(ALICE.id), epoch: 1, seq: 0 }, emoji: "👍" });
  const event = await sealGroupMessage(epoch, ALICE.seed, { type: CONTENT_TYPE.event, ms: START + 2000, body });
  return {
    room_key: toHex(roomKey),
    commit: toHex(encoded),
    kc: toHex(commit.keyCommitment),
    h: toHex(h),
    kid: toHex(epoch.kid),
    sig: toHex(signature),
    share_content: toHex(share),
    share_record: toHex(record),
    sender_chains: [0, 1].map((index) => toHex(senderKey(roomKey, h, index))),
    group_frame: toHex(text.frame),
    event_body: fromUtf8(body),
    event_frame: toHex(event.frame),
  };
}
