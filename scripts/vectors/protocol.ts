import { golayErrorPattern, golaySyndrome } from "../../packages/sdk/src/bb84/golay.js";
import { encodeAbort, encodeWant } from "../../packages/sdk/src/handshake/abort.js";
import { createInvite } from "../../packages/sdk/src/handshake/invite.js";
import { roomContext, roomHandle } from "../../packages/sdk/src/handshake/room-secret.js";
import { pseudonyms } from "../../packages/sdk/src/room/views.js";
import { toBase64url } from "../../packages/sdk/src/wire/base64url.js";
import { toHex } from "../../packages/sdk/src/wire/bytes.js";
import { epochVector } from "./epoch.js";
import { fileVector, padmeVector } from "./file.js";
import { handshakeVectors } from "./handshakes.js";
import { HOW } from "./how.js";
import { ALICE, BOB, LINK_ROOM, linkSecret } from "./people.js";

/** `docs/vectors/qsec2-v1.json` as the SDK makes it. */
export async function protocolVectors() {
  const { rid, psk } = roomContext("link", LINK_ROOM, linkSecret());
  const handshakes = await handshakeVectors();
  return {
    protocol: "QSEC2 v1",
    how: HOW,
    room: {
      S: toHex(linkSecret()),
      name: LINK_ROOM,
      rid: toHex(rid),
      psk: toHex(psk),
      handle: roomHandle(rid),
      invite: createInvite("https://chat.example", {
        room: LINK_ROOM,
        expected: 2,
        secret: toBase64url(linkSecret()),
      }),
      named: { room: LINK_ROOM, user: BOB.name },
      minimal: { room: roomHandle(rid), user: pseudonyms(BOB.id)[0] },
    },
    identities: { alice_seed: toHex(ALICE.seed), bob_seed: toHex(BOB.seed) },
    handshakes,
    epoch: await epochVector(),
    file: await fileVector(rid),
    frames: {
      want: toHex(encodeWant(ALICE.id)),
      abort_profile: toHex(encodeAbort(Buffer.from(handshakes["golay"].sid, "hex"), "PROFILE")),
    },
    golay: {
      patterns: Array.from({ length: 4096 }, (_, syndrome) => golayErrorPattern(syndrome)).filter((e) => e !== null)
        .length,
      syndromes: [0, 1, 0x800000, 0x123456, 0xffffff].map((word) => [word, golaySyndrome(word)]),
    },
    padme: padmeVector(),
  };
}
