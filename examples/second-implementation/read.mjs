/**
 * The QSEC2 protocol once more, written from `docs/protocol.md` and not from the SDK, of which nothing is imported. It
 * makes every value of the test vectors again and reads along in a recorded conversation.
 *
 *     node read.mjs [qsec2-v1.json] [conversation.json] [noise.json] [ldpc.json]
 *
 * Exit code 1 if anything is not as it must be. This is a reader for implementers: it wipes nothing, and it runs in no
 * constant time.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { ed25519 } from "@noble/curves/ed25519.js";
import { ml_kem768_x25519 as xwing } from "@noble/post-quantum/hybrid.js";

const FILES = ["qsec2-v1.json", "conversation.json", "noise.json", "ldpc.json"].map(
  (name, at) => process.argv[2 + at] ?? new URL(`../../docs/vectors/${name}`, import.meta.url),
);

// ------------------------------------------------------------------------------------------------ what is compared

let reproduced = 0;
const wrong = [];

/** Counts a value that is as it must be, or remembers that it is not. Bytes are compared with hex. */
function check(name, made, expected) {
  if (isDeepStrictEqual(made instanceof Uint8Array ? hex(made) : made, expected)) reproduced++;
  else wrong.push(name);
}

function refuse(code) {
  throw new Error(code);
}

/** Goes on with the other sections if one of them cannot be read to its end. */
function section(name, read) {
  try {
    read();
  } catch (error) {
    wrong.push(`${name}: ${error.message}`);
  }
}

// -------------------------------------------------------------------------------------------------- §3 conventions

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const unhex = (text) => Buffer.from(text, "hex");
const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
const concat = (...parts) => Buffer.concat(parts);
const ascii = (text) => Buffer.from(text, "ascii");
const utf8 = (text) => Buffer.from(text, "utf8");
const fromUtf8 = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const zeros = (length) => Buffer.alloc(length);
const same = (a, b) => Buffer.compare(a, b) === 0;

const integer = (length) => (value) => {
  const out = Buffer.alloc(length);
  for (let i = length - 1, rest = BigInt(value); i >= 0; i--, rest >>= 8n) out[i] = Number(rest & 255n);
  return out;
};
const [u8, u16, u32, u64] = [1, 2, 4, 8].map(integer);
const vec = (lengthOf) => (bytes) => concat(lengthOf(bytes.length), bytes);
const [vec8, vec16, vec32] = [u8, u16, u32].map(vec);

/** Takes fields from the front; anything short or left over is refused. */
function reader(bytes) {
  let at = 0;
  const take = (length) => {
    if (at + length > bytes.length) refuse("DECODE: too short");
    return bytes.subarray(at, (at += length));
  };
  const number = (length) => Number(take(length).reduce((value, byte) => value * 256n + BigInt(byte), 0n));
  return {
    take,
    u8: () => number(1),
    u16: () => number(2),
    u32: () => number(4),
    u64: () => (at + 8 <= bytes.length && bytes.readUInt16BE(at) > 0x1f ? refuse("DECODE: above 2^53") : number(8)),
    vec8: () => take(number(1)),
    vec16: () => take(number(2)),
    vec32: () => take(number(4)),
    rest: () => take(bytes.length - at),
    end: () => at === bytes.length || refuse("DECODE: bytes after the end"),
  };
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
const hmac = (algorithm, key, message) => createHmac(algorithm, key).update(message).digest();

/** HKDF-Expand (RFC 5869 §2.3). */
function hkdfExpand(algorithm, prk, info, length) {
  let [block, out] = [zeros(0), zeros(0)];
  for (let i = 1; out.length < length; i++) {
    block = hmac(algorithm, prk, concat(block, info, u8(i)));
    out = concat(out, block);
  }
  return out.subarray(0, length);
}

const label = (name) => vec8(ascii(`qsec2/v1 ${name}`));
const H = (name, ...parts) => sha256(concat(label(name), ...parts));
const extract = (salt, ikm) => hmac("sha256", salt, ikm);
const expand = (prk, name, context, length) =>
  hkdfExpand("sha256", prk, concat(u16(length), label(name), context), length);

const idOf = (seed) => Buffer.from(ed25519.getPublicKey(seed));
const sign = (seed, name, message) => Buffer.from(ed25519.sign(concat(label(name), message), seed));
function verify(id, name, message, signature) {
  if (!ed25519.verify(signature, concat(label(name), message), id, { zip215: false })) refuse(`BAD_SIG: ${name}`);
}

const USERNAME = /^[\p{L}\p{N}_.-][\p{L}\p{N}\p{M}_.-]*$/u;
const fold = (name) => name.normalize("NFKC").toLowerCase().normalize("NFKC");

function name64(name) {
  const text = utf8(name.normalize("NFC"));
  return concat(u8(text.length), text, zeros(63 - text.length));
}

function unname64(bytes) {
  const length = bytes[0];
  if (length < 1 || length > 63) refuse("NAME");
  const name = fromUtf8(bytes.subarray(1, 1 + length));
  const isName = [name, name.normalize("NFKC")].every((text) => USERNAME.test(text));
  if (!isName || !same(bytes, name64(name))) refuse("NAME");
  return name;
}

function bucket(length) {
  let size = 256;
  while (size < 4 + length) size *= 2;
  return size;
}
const pad = (content) => concat(u32(content.length), content, zeros(bucket(content.length) - 4 - content.length));
function unpad(padded) {
  const length = padded.readUInt32BE(0);
  const content = padded.subarray(4, 4 + length);
  if (content.length !== length || !same(padded, pad(content))) refuse("PADDING");
  return content;
}

function gcmSeal(key, nonce, aad, plaintext) {
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(aad);
  return concat(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

function gcmOpen(key, nonce, aad, box) {
  if (box.length < 16) refuse("DECRYPT");
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 }).setAAD(aad);
  decipher.setAuthTag(box.subarray(-16));
  return concat(decipher.update(box.subarray(0, -16)), decipher.final());
}

/** The only ratchet there is. */
class Chain {
  constructor(key) {
    this.key = key;
    this.next = 0;
    this.skipped = new Map();
  }

  static step(key, n) {
    return { mk: expand(key, "key", u32(n), 44), key: expand(key, "chain", u32(n), 32) };
  }

  /** `aad` may need to know the number it seals at. */
  seal(aad, plaintext) {
    const { mk, key } = Chain.step(this.key, this.next);
    const box = gcmSeal(mk.subarray(0, 32), mk.subarray(32), aad(this.next), plaintext);
    [this.key, this.next] = [key, this.next + 1];
    return box;
  }

  open(seq, aad, box, read = (plaintext) => plaintext) {
    const opened = (mk) => read(gcmOpen(mk.subarray(0, 32), mk.subarray(32), aad, box));
    if (seq < this.next) {
      const result = opened(this.skipped.get(seq) ?? refuse("REPLAY"));
      this.skipped.delete(seq);
      return result;
    }
    if (seq - this.next > 256) refuse("GAP");
    const passed = [];
    let { mk, key } = Chain.step(this.key, this.next);
    for (let n = this.next; n < seq; n++) {
      passed.push([n, mk]);
      ({ mk, key } = Chain.step(key, n + 1));
    }
    const result = opened(mk);
    for (const [n, kept] of passed) this.skipped.set(n, kept);
    while (this.skipped.size > 256) this.skipped.delete(this.skipped.keys().next().value);
    [this.key, this.next] = [key, seq + 1];
    return result;
  }
}

/** The generator of the vectors' field `how`. */
function drbg(seed) {
  let request = 0;
  return (length) =>
    createHash("shake256", { outputLength: length })
      .update(concat(ascii(seed), u32(request++)))
      .digest();
}

// --------------------------------------------------------------------------------------------------------- §4 rooms

const LINK = 1;

function roomOf(mode, name, secret) {
  if (mode !== LINK) return { mode, rid: H("open room", utf8(name.trim().normalize("NFC"))), psk: zeros(32) };
  const context = vec16(utf8(name.normalize("NFC")));
  return { mode, rid: expand(secret, "room", context, 32), psk: expand(secret, "psk", context, 32) };
}

// ------------------------------------------------------------------------------------------------------ BB84 (§5.5)

const [CLASSIC, LDPC] = [0, 2];
const bitAt = (bits, i) => (bits[i >> 3] >> (7 - (i & 7))) & 1;
const symbolAt = (symbols, i) => (symbols[i >> 2] >> (6 - 2 * (i & 3))) & 3;

function pack(bits) {
  const out = zeros(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => (out[i >> 3] |= bit << (7 - (i & 7))));
  return out;
}

/** The first `count` bits; those after them must be zero. */
function unpack(bytes, count) {
  const bits = Array.from({ length: count }, (_, i) => bitAt(bytes, i));
  if (!same(bytes, pack(bits))) refuse("DECODE: unused bits");
  return bits;
}

const ones = (bits) => bits.flatMap((bit, i) => (bit === 1 ? [i] : []));

function syndrome(word) {
  let s11 = word >> 1;
  for (let degree = 22; degree >= 11; degree--) if ((s11 >> degree) & 1) s11 ^= 0xc75 << (degree - 11);
  let parity = 0;
  for (let rest = word; rest > 0; rest >>= 1) parity ^= rest & 1;
  return (s11 << 1) | parity;
}

/** Every pattern of at most three errors in 24 bits, by its syndrome. */
const GOLAY = new Map();
for (let a = 0; a <= 24; a++)
  for (let b = 0; b <= 24; b++)
    for (let c = 0; c <= 24; c++) {
      // Place 24 is none; naming a place twice gives a pattern of lower weight, which is in the table too.
      const pattern = [a, b, c].reduce((bits, place) => (place === 24 ? bits : bits | (1 << place)), 0);
      GOLAY.set(syndrome(pattern), pattern);
    }

/** Raw key bits in words of 24, first bit highest, the tail dropped. */
function words(bits) {
  return Array.from({ length: Math.floor(bits.length / 24) }, (_, i) =>
    bits.slice(24 * i, 24 * i + 24).reduce((word, bit) => word * 2 + bit, 0),
  );
}
const sampleSize = (profile, matched) => {
  if (profile === LDPC) return Math.floor(matched / 3);
  const quarter = Math.floor(matched / 4);
  return profile === CLASSIC ? Math.max(8, quarter) : quarter;
};
const syndromesOf = (profile, raw) => (profile === CLASSIC ? zeros(0) : concat(...words(raw).map(syndrome).map(u16)));
/** Whether what A tells belongs to its raw key. */
const tells = (profile, raw, syndromes, matrices) => {
  if (profile !== LDPC) return same(syndromes, syndromesOf(profile, raw));
  const { checks, wanted } = ldpcMessage(syndromes, raw.length, matrices);
  return checks.every((places, at) => parityOf(raw, places) === wanted[at]);
};
const reconciled = (profile, raw, keep, syndromes, matrices) => {
  if (profile === CLASSIC) return pack(raw);
  if (profile === LDPC) return amplify(raw, ldpcMessage(syndromes, raw.length, matrices).seed);
  return concat(...words(raw).flatMap((word, i) => (keep[i] ? [u32(word).subarray(1)] : [])));
};

const parityOf = (bits, places) => places.reduce((parity, place) => parity ^ bits[place], 0);

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** The lifting sizes, by the byte that names them. */
const SIZES = Array.from({ length: 97 }, (_, i) => (16 + (i % 16)) * 2 ** (i >> 4));

/** What A tells in ldpc, for n raw bits: the places of each check, its parity, and the seed. @param matrices base matrices by code */
function ldpcMessage(message, n, matrices) {
  const fields = reader(message);
  const [{ rows, columns, edges }, z] = [matrices[fields.u8()] ?? refuse("DECODE: code"), SIZES[fields.u8()]];
  if (z === undefined || columns * z < n) refuse("DECODE: size");
  const checks = Array.from({ length: rows * z }, () => []);
  const sextets = [...edges].map((digit) => BASE64URL.indexOf(digit));
  for (let at = 0, column = 0; at < sextets.length; at += 3) {
    const value = sextets[at + 1] * 64 + sextets[at + 2];
    for (let i = 0; i < z; i++) {
      const place = column * z + ((i + (value % 1024)) % z);
      if (place < n) checks[sextets[at] * z + i].push(place);
    }
    if (value >= 1024) column++;
  }
  const wanted = unpack(fields.take(Math.ceil((rows * z) / 8)), rows * z);
  const seed = fields.take(Math.ceil((n + 255) / 8));
  fields.end();
  return { checks, wanted, seed };
}

/** T·x: bit i is the sum over j of seed[i − j + n − 1]·x[j]. */
function amplify(bits, seed) {
  const places = ones(bits);
  const n = bits.length;
  return pack(Array.from({ length: 256 }, (_, i) => places.reduce((sum, j) => sum ^ bitAt(seed, i - j + n - 1), 0)));
}

/** A likely pattern of n errors with these parities: belief propagation in logarithms of odds, check after check. */
function findErrors(checks, wanted, n, qber) {
  const belief = Array(n).fill(Math.log((1 - qber) / qber));
  const told = checks.map((places) => places.map(() => 0));
  for (let round = 0; round < 100; round++) {
    checks.forEach((places, check) => {
      const others = places.map((place, edge) => Math.tanh((belief[place] - told[check][edge]) / 2));
      places.forEach((place, edge) => {
        const product = others.reduce((all, one, i) => (i === edge ? all : all * one), wanted[check] === 1 ? -1 : 1);
        const message = 2 * Math.atanh(Math.max(-0.999999, Math.min(0.999999, product)));
        belief[place] += message - told[check][edge];
        told[check][edge] = message;
      });
    });
    const errors = belief.map((odds) => (odds < 0 ? 1 : 0));
    if (checks.every((places, check) => parityOf(errors, places) === wanted[check])) return errors;
  }
  return refuse("RECONCILE");
}

/** B's part: which blocks are kept, and their bits after correction. */
function correct(profile, raw, syndromes, { matrices, qber } = {}) {
  if (profile === CLASSIC) return { keepMask: zeros(0), bits: pack(raw) };
  if (profile === LDPC) {
    const { checks, wanted, seed } = ldpcMessage(syndromes, raw.length, matrices);
    const difference = checks.map((places, check) => wanted[check] ^ parityOf(raw, places));
    const errors = findErrors(checks, difference, raw.length, qber);
    return {
      keepMask: zeros(0),
      bits: amplify(
        raw.map((bit, i) => bit ^ errors[i]),
        seed,
      ),
    };
  }
  const errors = words(raw).map((word, i) => GOLAY.get(syndromes.readUInt16BE(2 * i) ^ syndrome(word)));
  const kept = words(raw).flatMap((word, i) => (errors[i] === undefined ? [] : [u32(word ^ errors[i]).subarray(1)]));
  return { keepMask: pack(errors.map((error) => (error === undefined ? 0 : 1))), bits: concat(...kept) };
}

// --------------------------------------------------------------------------------------------------- §5 handshake

/** Version, kind and sid of M2 to M4. */
const headed = (kind, sid, box) => concat(u8(1), u8(kind), sid, box);

function tunnelOf(psk, ss, th1) {
  const ck0 = extract(psk, ss);
  const chain = (side) => new Chain(expand(ck0, `tunnel ${side}`, th1, 32));
  return { ck0, chainAB: chain("A"), chainBA: chain("B") };
}

function sasOf(th1, nB) {
  const bits = H("sas", th1, nB).readUIntBE(0, 6);
  const indices = Array.from({ length: 7 }, (_, i) => Math.floor(bits / 2 ** (42 - 6 * i)) % 64);
  return { indices, emoji: indices.map((index) => EMOJI[index]) };
}

/** Makes a whole handshake as both sides from their generators: AN, M1 … M4. */
function makeHandshake({ room, seedA, seedB, nameA, nameB, profile, N, rank, randomA, randomB }) {
  const { rid, psk, mode } = room;
  const [idA, idB] = [idOf(seedA), idOf(seedB)];
  const ek = xwing.keygen(randomB(32)).publicKey;
  const nB = randomB(32);
  const AN = concat(u8(1), u8(mode), idB, ek, H("sas commit", rid, idB, ek, nB));

  const nA = randomA(32);
  const { cipherText, sharedSecret } = xwing.encapsulate(ek, randomA(64));
  const qubits = randomA(N / 4);
  const head = concat(u8(1), u8(1), H("announce", AN), idA, nA, cipherText);
  const th1 = H("th1", rid, AN, head);
  const sid = th1.subarray(0, 8);
  const { ck0, chainAB, chainBA } = tunnelOf(psk, sharedSecret, th1);
  const claims = concat(u8(rank.role), u32(rank.epoch), u16(rank.members));
  const run = concat(u8(profile), u32(N), qubits);
  const box1 = chainAB.seal(() => th1, concat(sign(seedA, "hello A", th1), claims, name64(nameA), run));
  const th2 = H("th2", th1, box1);

  const bases = randomB(N / 8);
  const indices = Array.from({ length: N }, (_, i) => i);
  const basisOf = (i) => symbolAt(qubits, i) >> 1;
  const bitsA = indices.map((i) => symbolAt(qubits, i) & 1);
  const bitsB = indices.map((i) => (basisOf(i) === bitAt(bases, i) ? bitsA[i] : randomB(1)[0] & 1));
  const sigB = sign(seedB, "hello B", concat(th2, nB));
  const box2 = chainBA.seal(() => th2, concat(nB, sigB, name64(nameB), u32(0), u32(0), bases));
  const th3 = H("th3", th2, box2);

  const matched = indices.filter((i) => basisOf(i) === bitAt(bases, i));
  const pool = matched.slice();
  const m = sampleSize(profile, matched.length);
  for (let i = 0; i < m; i++) {
    const j = i + (randomA(6).readUIntBE(0, 6) % (pool.length - i));
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  const sample = new Set(pool.slice(0, m));
  const maskOf = (places) => pack(indices.map((i) => (places.has(i) ? 1 : 0)));
  const sampleBits = (bits) => pack(matched.filter((i) => sample.has(i)).map((i) => bits[i]));
  const rawKey = (bits) => matched.filter((i) => !sample.has(i)).map((i) => bits[i]);
  const syndromes = syndromesOf(profile, rawKey(bitsA));
  const masks = concat(maskOf(new Set(matched)), maskOf(sample));
  const box3 = chainAB.seal(() => th3, concat(masks, vec16(sampleBits(bitsA)), vec16(syndromes), vec8(zeros(0))));
  const th4 = H("th4", th3, box3);

  const { keepMask, bits } = correct(profile, rawKey(bitsB), syndromes);
  const ck1 = extract(ck0, H("bb84 key", th4, bits));
  const confirmed = expand(ck1, "check", th4, 16);
  const box4 = chainBA.seal(() => th4, concat(vec16(sampleBits(bitsB)), vec16(keepMask), confirmed));
  return { AN, M1: concat(head, box1), M2: headed(2, sid, box2), M3: headed(3, sid, box3), M4: headed(4, sid, box4) };
}

/** Opens a handshake as B, with the X-Wing seed behind its announce, and checks all that both sides must check. */
function openHandshake({ room, kemSeed, AN, M1, M2, M3, M4, matrices = {} }) {
  const { rid, psk, mode } = room;
  const announce = reader(AN);
  if (announce.u8() !== 1) refuse("VERSION");
  if (announce.u8() !== mode) refuse("MODE");
  const [idB, ek, cB] = [announce.take(32), announce.take(1216), announce.take(32)];
  announce.end();
  const keys = xwing.keygen(kemSeed);
  if (!same(ek, keys.publicKey)) refuse("STALE: another one-time key");

  const first = reader(M1);
  if (first.u8() !== 1 || first.u8() !== 1) refuse("KIND");
  if (!same(first.take(32), H("announce", AN))) refuse("STALE");
  const [idA, nA, ct] = [first.take(32), first.take(32), first.take(1120)];
  const box1 = first.rest();
  const ss = Buffer.from(xwing.decapsulate(ct, keys.secretKey));
  const th1 = H("th1", rid, AN, M1.subarray(0, 1218));
  const sid = th1.subarray(0, 8);
  const { ck0, chainAB, chainBA } = tunnelOf(psk, ss, th1);
  const pt1 = reader(chainAB.open(0, th1, box1));
  verify(idA, "hello A", th1, pt1.take(64));
  const rank = { role: pt1.u8(), epoch: pt1.u32(), members: pt1.u16() };
  const nameA = unname64(pt1.take(64));
  const [profile, N] = [pt1.u8(), pt1.u32()];
  const qubits = pt1.take(N / 4);
  pt1.end();

  const boxOf = (frame, kind) => {
    if (!same(frame.subarray(0, 10), headed(kind, sid, zeros(0)))) refuse("SID");
    return frame.subarray(10);
  };
  const th2 = H("th2", th1, box1);
  const pt2 = reader(chainBA.open(0, th2, boxOf(M2, 2)));
  const nB = pt2.take(32);
  verify(idB, "hello B", concat(th2, nB), pt2.take(64));
  if (!same(cB, H("sas commit", rid, idB, ek, nB))) refuse("BAD_COMMIT");
  const nameB = unname64(pt2.take(64));
  const [noise, eve] = [pt2.u32(), pt2.u32()];
  const bases = pt2.take(N / 8);
  pt2.end();

  const th3 = H("th3", th2, boxOf(M2, 2));
  const pt3 = reader(chainAB.open(1, th3, boxOf(M3, 3)));
  const [match, sample] = [unpack(pt3.take(N / 8), N), unpack(pt3.take(N / 8), N)];
  const [sampleA, syndromes, keyId] = [pt3.vec16(), pt3.vec16(), pt3.vec8()];
  pt3.end();
  if (keyId.length > 0) refuse("QKD");
  match.forEach((bit, i) => bit === ((symbolAt(qubits, i) >> 1) ^ bitAt(bases, i) ? 0 : 1) || refuse("SIFT: match"));
  const [matched, sampled] = [ones(match), ones(sample)];
  if (sampled.some((i) => match[i] === 0)) refuse("SIFT: sample");
  if (sampled.length !== sampleSize(profile, matched.length)) refuse("SIFT: size of the sample");
  const bitOf = (i) => symbolAt(qubits, i) & 1;
  if (!same(sampleA, pack(sampled.map(bitOf)))) refuse("SIFT: sample bits");
  const rawPlaces = matched.filter((i) => sample[i] === 0);
  const raw = rawPlaces.map(bitOf);
  if (!tells(profile, raw, syndromes, matrices)) refuse("DECODE: syndromes");

  const th4 = H("th4", th3, boxOf(M3, 3));
  const pt4 = reader(chainBA.open(1, th4, boxOf(M4, 4)));
  const [sampleB, keepMask, confirmed] = [pt4.vec16(), pt4.vec16(), pt4.take(16)];
  pt4.end();
  const told = unpack(sampleB, sampled.length);
  const errors = sampled.filter((i, at) => bitOf(i) !== told[at]).length;
  if (errors * 100 >= 11 * sampled.length) refuse("QBER");
  const keep = unpack(keepMask, profile === 1 ? words(raw).length : 0);
  const bb84Key = H("bb84 key", th4, reconciled(profile, raw, keep, syndromes, matrices));
  const ck1 = extract(ck0, bb84Key);
  if (!same(confirmed, expand(ck1, "check", th4, 16))) refuse("RECONCILE");

  const th5 = H("th5", th4, boxOf(M4, 4));
  const [sAB, sBA] = ["A", "B"].map((side) => expand(ck1, `session ${side}`, th5, 32));
  const run = { profile, N, matched: matched.length, sample: sampled.length, errors, noise, eve };
  const secrets = { ss, ck0, bb84Key, ck1, sAB, sBA };
  const sift = { samplePlaces: sampled, rawPlaces, syndromes, sampleB, keepMask };
  return {
    idA,
    idB,
    nA,
    nB,
    cB,
    nameA,
    nameB,
    rank,
    run,
    sid,
    th1,
    th3,
    th4,
    th5,
    ...secrets,
    ...sift,
    sas: sasOf(th1, nB),
  };
}

// --------------------------------------------------------------------------------------------- §6 session records

function sealRecord({ sid, th5 }, chain, kind, content) {
  const header = (seq) => concat(u8(1), u8(kind), sid, u32(seq));
  const seq = chain.next;
  return concat(
    header(seq),
    chain.seal((n) => concat(th5, header(n)), pad(content)),
  );
}

function openRecord({ sid, th5 }, chain, kind, frame) {
  const fields = reader(frame);
  if (fields.u8() !== 1 || fields.u8() !== kind) refuse("KIND");
  if (!same(fields.take(8), sid)) refuse("SID");
  return chain.open(fields.u32(), concat(th5, frame.subarray(0, 14)), fields.rest(), unpad);
}

// ------------------------------------------------------------------------------------------------------ §7 epochs

const keyCommitment = (roomKey, { rid, epoch, prev }) =>
  expand(roomKey, "room key commitment", concat(rid, u32(epoch), prev), 32);

function encodeCommit({ rid, epoch, prev, ms, reason, flags, capacity, kc, members }) {
  const roster = members.map(({ id, name }) => concat(id, name64(name)));
  const fixed = concat(u8(1), rid, u32(epoch), prev, u64(ms), u8(reason), u8(flags), u16(capacity), kc);
  return concat(fixed, u16(members.length), ...roster);
}

function decodeCommit(bytes) {
  const fields = reader(bytes);
  if (fields.u8() !== 1) refuse("VERSION");
  const commit = {
    rid: fields.take(32),
    epoch: fields.u32(),
    prev: fields.take(32),
    ms: fields.u64(),
    reason: fields.u8(),
    flags: fields.u8(),
    capacity: fields.u16(),
    kc: fields.take(32),
  };
  const n = fields.u16();
  if (commit.reason < 1 || commit.reason > 7 || commit.flags > 1) refuse("DECODE: commit");
  if (n < 1 || n > Math.min(128, commit.capacity)) refuse("ROOM_FULL");
  const members = Array.from({ length: n }, () => ({ id: fields.take(32), name: unname64(fields.take(64)) }));
  fields.end();
  if (new Set(members.map(({ name }) => fold(name))).size < n) refuse("NAME");
  if (new Set(members.map(({ id }) => hex(id))).size < n) refuse("DUPLICATE");
  return { ...commit, members };
}

/** Checks a share as §7.2, step 1, says, and derives the sender Chains. */
function openShare(content, { rid, leader, self }) {
  const fields = reader(content);
  const [encoded, sig, roomKey] = [fields.vec32(), fields.take(64), fields.take(32)];
  if (fields.u16() !== 0) refuse("DECODE: past epochs");
  fields.end();
  const commit = decodeCommit(encoded);
  if (!same(commit.rid, rid)) refuse("ROOM");
  if (!same(commit.members[0].id, leader)) refuse("NOT_LEADER");
  verify(leader, "epoch", encoded, sig);
  if (!commit.members.some(({ id }) => same(id, self))) refuse("NOT_MEMBER");
  if (!same(commit.kc, keyCommitment(roomKey, commit))) refuse("KEY_COMMIT");
  const h = H("epoch", encoded);
  const keys = commit.members.map((_, i) => expand(roomKey, "sender", concat(h, u16(i)), 32));
  return { commit, encoded, sig, roomKey, h, kid: h.subarray(0, 8), keys, chains: keys.map((key) => new Chain(key)) };
}

/** Crockford's base32 of the first 20 bytes of h, in groups of four. */
function roomCode(h) {
  const bits = [...h.subarray(0, 20)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = bits.match(/.{5}/g).map((five) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[Number.parseInt(five, 2)]);
  return digits.join("").match(/.{4}/g).join(" ");
}

// ---------------------------------------------------------------------------------------------- §8 group messages

function sealGroup(epoch, index, seed, { type, ms, body }) {
  const chain = epoch.chains[index];
  const header = concat(u8(1), u8(0x20), epoch.kid, u16(index), u32(chain.next));
  const content = concat(u8(type), u64(ms), vec32(body));
  const sig = sign(seed, "message", concat(epoch.h, header, content));
  return concat(
    header,
    chain.seal(() => concat(epoch.h, header), pad(concat(sig, content))),
  );
}

function openGroup(epoch, frame) {
  const fields = reader(frame);
  if (fields.u8() !== 1 || fields.u8() !== 0x20) refuse("KIND");
  if (!same(fields.take(8), epoch.kid)) refuse("EPOCH");
  const [index, seq] = [fields.u16(), fields.u32()];
  const sender = epoch.commit.members[index] ?? refuse("SENDER");
  const header = frame.subarray(0, 16);
  return epoch.chains[index].open(seq, concat(epoch.h, header), fields.rest(), (padded) => {
    const inner = reader(unpad(padded));
    const sig = inner.take(64);
    const content = inner.rest();
    verify(sender.id, "message", concat(epoch.h, header, content), sig);
    const message = reader(content);
    const [type, ms, body] = [message.u8(), message.u64(), message.vec32()];
    message.end();
    if (ms > 8.64e15) refuse("DECODE: later than any date");
    return { sender, seq, type, ms, body };
  });
}

/** What each operation of a chat event has beside `ref`, and whether it needs one. */
const isText = (value) => typeof value === "string" && !/\p{Surrogate}/u.test(value);
const isCount = (max) => (value) => Number.isInteger(value) && value >= 0 && value <= max;
const OPERATIONS = {
  reply: { ref: "must", text: isText },
  react: { ref: "must", emoji: (value) => isText(value) && utf8(value).length <= 64 },
  edit: { ref: "own", text: isText },
  delete: { ref: "own" },
  typing: { ref: "none", on: (value) => typeof value === "boolean" },
  receipt: { ref: "must", state: (value) => value === "delivered" || value === "read" },
  expire: { ref: "may", seconds: isCount(31_536_000) },
};

function decodeEvent(body, sender) {
  const json = JSON.parse(fromUtf8(body));
  if (json === null || typeof json !== "object" || Array.isArray(json) || json.v !== 1) refuse("DECODE: event");
  if (typeof json.op !== "string") refuse("DECODE: op");
  if (!Object.hasOwn(OPERATIONS, json.op)) return null;
  const { ref: rule, ...fields } = OPERATIONS[json.op];
  const event = { op: json.op };
  if (rule !== "none" && !(rule === "may" && json.ref === undefined)) {
    const { id, epoch, seq } = json.ref ?? refuse("DECODE: ref");
    const isId = typeof id === "string" && base64url(Buffer.from(id, "base64url")) === id && id.length === 43;
    if (!isId || !isCount(0xffffffff)(epoch) || !isCount(0xffffffff)(seq)) refuse("DECODE: ref");
    if (rule !== "must" && id !== base64url(sender)) refuse("NOT_OWN");
    event.ref = { id, epoch, seq };
  }
  for (const [name, isRight] of Object.entries(fields))
    event[name] = isRight(json[name]) ? json[name] : refuse(`DECODE: ${name}`);
  return event;
}

const encodeEvent = ({ op, ref, ...rest }) =>
  utf8(JSON.stringify({ v: 1, op, ...(ref === undefined ? {} : { ref }), ...rest }));

function decodeControl(body) {
  const fields = reader(body);
  const op = fields.u8();
  const control =
    op === 1 ? { op: "bye" } : op === 2 ? { op: "yield", id: base64url(fields.take(32)) } : refuse("DECODE");
  fields.end();
  return control;
}

// --------------------------------------------------------------------------------------------------- §9 attachments

const CHUNK = 16_384;

function padme(length) {
  if (length < 2) return length;
  const e = Math.floor(Math.log2(length));
  const unit = 2 ** (e - (Math.floor(Math.log2(e)) + 1));
  return Math.ceil(length / unit) * unit;
}

function fileKeys(fk, salt, context) {
  const info = concat(ascii("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM"), zeros(1), salt, context);
  const out = hkdfExpand("sha512", fk, info, 76);
  const nonceOf = (i) => {
    const nonce = Buffer.from(out.subarray(32, 44));
    integer(12)(i).forEach((byte, at) => (nonce[at] ^= byte));
    return nonce;
  };
  return { key: out.subarray(0, 32), nonceOf, commitment: out.subarray(44) };
}

function sealBlob(fk, salt, context, message) {
  const { key, nonceOf, commitment } = fileKeys(fk, salt, context);
  const chunks = [];
  for (let i = 0; i * CHUNK <= message.length; i++)
    chunks.push(gcmSeal(key, nonceOf(i), zeros(0), message.subarray(i * CHUNK, (i + 1) * CHUNK)));
  return concat(salt, commitment, ...chunks);
}

function openBlob(fk, context, blob) {
  const { key, nonceOf, commitment } = fileKeys(fk, blob.subarray(0, 24), context);
  if (!same(blob.subarray(24, 56), commitment)) refuse("KEY_COMMIT");
  const chunks = [];
  for (let at = 56, i = 0; ; at += CHUNK + 16, i++) {
    const chunk = gcmOpen(key, nonceOf(i), zeros(0), blob.subarray(at, at + CHUNK + 16));
    chunks.push(chunk);
    if (chunk.length < CHUNK) return concat(...chunks);
  }
}

// ------------------------------------------------------------------------------------------------------ Appendix A

const EMOJI = `
  🐙 octopus, 🦊 fox, 🐼 panda, 🦉 owl, 🐝 bee, 🐢 turtle, 🐳 whale, 🦒 giraffe,
  🐘 elephant, 🦆 duck, 🐧 penguin, 🦇 bat, 🐌 snail, 🦀 crab, 🐊 crocodile, 🦔 hedgehog,
  🌵 cactus, 🌻 sunflower, 🍁 maple leaf, 🍄 mushroom, 🌴 palm tree, 🍋 lemon, 🍇 grapes, 🍒 cherries,
  🥕 carrot, 🌽 corn, 🥨 pretzel, 🍩 donut, 🧀 cheese, 🍕 pizza, 🍯 honey, ☕ coffee,
  🌙 moon, ⭐ star, 🌈 rainbow, ⚡ lightning, ⛄ snowman, 🔥 fire, 🌊 wave, 🌋 volcano,
  🗻 mountain, 🎈 balloon, 🎁 gift, 🎲 dice, 🎸 guitar, 🎺 trumpet, 🥁 drum, 🎨 palette,
  🎧 headphones, 📷 camera, 💡 light bulb, 🔑 key, 🔔 bell, 🔨 hammer, 📎 paperclip, ⚓ anchor,
  🚀 rocket, 🚲 bicycle, 🚂 train, ⛵ sailboat, 🚁 helicopter, 🏰 castle, 👑 crown, 💎 diamond`
  .split(",")
  .map((emoji) => emoji.trim());

// ------------------------------------------------------------------------------------------------------ the vectors

function readVectors(vectors) {
  check("protocol", "QSEC2 v1", vectors.protocol);
  const seedA = unhex(vectors.identities.alice_seed);
  const seedB = unhex(vectors.identities.bob_seed);
  const secret = unhex(vectors.room.S);

  section("room", () => {
    const { rid, psk } = roomOf(LINK, vectors.room.name, secret);
    check("room.rid", rid, vectors.room.rid);
    check("room.psk", psk, vectors.room.psk);
    const handle = base64url(rid.subarray(0, 16));
    const invite = `https://chat.example/room/${encodeURIComponent(vectors.room.name)}?expected=2#${base64url(secret)}`;
    check("room.handle", handle, vectors.room.handle);
    check("room.invite", invite, vectors.room.invite);
    check("room.named", { room: vectors.room.name, user: "bob" }, vectors.room.named);
    const user = `guest-${hex(idOf(seedB).subarray(0, 2))}`;
    check("room.minimal", { room: handle, user }, vectors.room.minimal);
  });

  for (const [name, vector] of Object.entries(vectors.handshakes))
    section(name, () => readHandshake(name, vector, vectors.room, { seedA, seedB }));
  section("epoch", () => readEpoch(vectors, { seedA, seedB }));
  section("file", () => readFile(vectors.file, unhex(vectors.room.rid)));
  section("frames, golay, padme", () => {
    check("frames.want", concat(u8(1), u8(5), idOf(seedA)), vectors.frames.want);
    const sid = unhex(vectors.handshakes.golay.sid);
    check("frames.abort_profile", concat(u8(1), u8(0x0f), sid, u8(17)), vectors.frames.abort_profile);
    check("golay.patterns", GOLAY.size, vectors.golay.patterns);
    for (const [word, expected] of vectors.golay.syndromes) check(`syndrome of ${word}`, syndrome(word), expected);
    for (const [length, expected] of vectors.padme) check(`padme(${length})`, padme(length), expected);
  });
}

const MODES = { golay: LINK, classic: LINK, verify: 2, open: 3 };

function readHandshake(name, vector, { S, name: linkName }, { seedA, seedB }) {
  const is = (field, made) => check(`${name}.${field}`, made, vector[field]);
  const mode = MODES[name];
  const room = roomOf(mode, mode === LINK ? linkName : vector.name, unhex(S));
  is("mode", mode);
  is("rid", room.rid);
  is("psk", room.psk);
  is("profile", name === "golay" ? 1 : CLASSIC);
  is("N", name === "golay" ? 4096 : 128);

  const randomOf = (party) => drbg(`QSEC2 v1 vectors/${vector.drbg_prefix}${party}`);
  const made = makeHandshake({
    ...{ room, seedA, seedB, nameA: "alice", nameB: "bob", profile: vector.profile, N: vector.N },
    rank: { role: 1, epoch: 0, members: 1 },
    randomA: randomOf("alice"),
    randomB: randomOf("bob"),
  });
  for (const frame of ["AN", "M1", "M2", "M3", "M4"]) is(frame, made[frame]);

  const [AN, M1, M2, M3, M4] = ["AN", "M1", "M2", "M3", "M4"].map((frame) => unhex(vector[frame]));
  const seen = openHandshake({ room, kemSeed: randomOf("bob")(32), AN, M1, M2, M3, M4 });
  check(`${name}: who they are`, [seen.nameA, seen.nameB], ["alice", "bob"]);
  check(`${name}: rank`, seen.rank, { role: 1, epoch: 0, members: 1 });
  const { profile, N, matched, sample, errors, noise, eve } = seen.run;
  check(`${name}: channel`, [profile, N, noise, eve], [vector.profile, vector.N, 0, 0]);
  const fields = { id_A: seen.idA, id_B: seen.idB, n_A: seen.nA, n_B: seen.nB, c_B: seen.cB, sid: seen.sid };
  const hashes = { th1: seen.th1, th3: seen.th3, th4: seen.th4, th5: seen.th5 };
  const secrets = { ss: seen.ss, ck0: seen.ck0, K_bb84: seen.bb84Key, ck1: seen.ck1 };
  const chains = { session_chain_AB: seen.sAB, session_chain_BA: seen.sBA };
  const counts = { matched, sample, errors, sas: seen.sas.indices, emoji: seen.sas.emoji };
  for (const [field, value] of Object.entries({ ...fields, ...hashes, ...secrets, ...chains, ...counts }))
    is(field, value);
}

function readEpoch({ epoch: vector, room, handshakes: { golay } }, { seedA, seedB }) {
  const is = (field, made) => check(`epoch.${field}`, made, vector[field]);
  const rid = unhex(room.rid);
  const roomKey = Buffer.alloc(32, 0x4b);
  is("room_key", roomKey);
  const head = { rid, epoch: 1, prev: zeros(32) };
  const kc = keyCommitment(roomKey, head);
  is("kc", kc);
  const members = [
    { id: idOf(seedA), name: "alice" },
    { id: idOf(seedB), name: "bob" },
  ];
  const commit = encodeCommit({ ...head, ms: 1767225600000, reason: 1, flags: 0, capacity: 16, kc, members });
  is("commit", commit);
  const sig = sign(seedA, "epoch", commit);
  is("sig", sig);
  const content = concat(vec32(commit), sig, roomKey, u16(0));
  is("share_content", content);
  const session = { sid: unhex(golay.sid), th5: unhex(golay.th5) };
  const chainAB = () => new Chain(unhex(golay.session_chain_AB));
  is("share_record", sealRecord(session, chainAB(), 0x10, content));

  const opened = openRecord(session, chainAB(), 0x10, unhex(vector.share_record));
  const epoch = openShare(opened, { rid, leader: members[0].id, self: members[1].id });
  is("h", epoch.h);
  is("kid", epoch.kid);
  is("sender_chains", epoch.keys.map(hex));
  const again = openShare(opened, { rid, leader: members[0].id, self: members[1].id });
  const event = { op: "react", ref: { id: base64url(members[0].id), epoch: 1, seq: 0 }, emoji: "👍" };
  is("event_body", fromUtf8(encodeEvent(event)));
  is("group_frame", sealGroup(again, 0, seedA, { type: 1, ms: 1767225601000, body: utf8("hello") }));
  is("event_frame", sealGroup(again, 0, seedA, { type: 5, ms: 1767225602000, body: utf8(vector.event_body) }));

  // The other way round, to use a skipped key.
  const second = openGroup(epoch, unhex(vector.event_frame));
  check("epoch: the event", decodeEvent(second.body, second.sender.id), event);
  const first = openGroup(epoch, unhex(vector.group_frame));
  check("epoch: the text", [first.sender.name, first.seq, fromUtf8(first.body)], ["alice", 0, "hello"]);
}

/** A run with errors: bob corrects his bits himself, as §5.5 says. */
function readNoise(vector, room) {
  const { measured, seen } = readNoisyRun("noise", vector, room);
  const { keepMask, bits } = correct(seen.run.profile, measured, seen.syndromes);
  const is = (field, made) => check(`noise.${field}`, made, vector[field]);
  is("keep_mask", keepMask);
  check("noise: the keep mask of M4", seen.keepMask, vector.keep_mask);
  is("reconciled", bits);
  is("kept", bits.length / 3);
  is("discarded", Math.floor(measured.length / 24) - bits.length / 3);
  is("K_bb84", H("bb84 key", seen.th4, bits));
}

function readLdpc(vector, room) {
  const matrices = { [vector.code]: vector.base };
  const { measured, seen } = readNoisyRun("ldpc", vector, room, matrices);
  const is = (field, made) => check(`ldpc.${field}`, made, vector[field]);
  is("code", seen.syndromes[0]);
  is("lift", SIZES[seen.syndromes[1]]);
  check("ldpc: the keep mask of M4", seen.keepMask, "");
  const { errors, sample } = seen.run;
  const { bits } = correct(LDPC, measured, seen.syndromes, { matrices, qber: errors / sample });
  is("reconciled", bits);
  is("K_bb84", H("bb84 key", seen.th4, bits));
}

/** What both have: the handshake as it was, and the raw key that bob measured. */
function readNoisyRun(name, vector, room, matrices) {
  const is = (field, made) => check(`${name}.${field}`, made, vector[field]);
  is("protocol", "QSEC2 v1");
  const [AN, M1, M2, M3, M4] = ["AN", "M1", "M2", "M3", "M4"].map((frame) => unhex(vector[frame]));
  const seen = openHandshake({ room, kemSeed: unhex(vector.announce_seed), AN, M1, M2, M3, M4, matrices });
  const { N, noise, matched, sample, errors } = seen.run;
  for (const [field, value] of Object.entries({ N, noise_ppm: noise, matched, sample, errors })) is(field, value);
  is("ck1", seen.ck1);
  is("th5", seen.th5);
  const measured = unpack(unhex(vector.measured), N);
  const told = pack(seen.samplePlaces.map((i) => measured[i]));
  check(`${name}: the sample bits of M4`, seen.sampleB, hex(told));
  return { seen, measured: seen.rawPlaces.map((i) => measured[i]) };
}

function readFile(vector, rid) {
  const is = (field, made) => check(`file.${field}`, made, vector[field]);
  const file = Buffer.alloc(20_000, 0x55);
  is("plaintext", "55 x 20000");
  is("digest", sha256(file));
  is("fk", Buffer.alloc(32, 0xf1));
  is("salt", Buffer.alloc(24, 0x5a));
  is("context", concat(ascii("qsec2/v1 file"), rid, sha256(file)));
  is("blob", sealBlob(unhex(vector.fk), unhex(vector.salt), unhex(vector.context), file));
  const opened = openBlob(unhex(vector.fk), unhex(vector.context), unhex(vector.blob));
  check("file: the plaintext", sha256(opened), vector.digest);
}

// ------------------------------------------------------------------------------------------------- the conversation

/** Reads along as bob, from the room secret and what only he has. */
function readConversation(recorded) {
  const { room: where, insider, frames } = recorded;
  check("conversation.protocol", "QSEC2 v1", recorded.protocol);
  check("conversation.room.admission", "link", where.admission);
  const room = roomOf(LINK, where.name, unhex(where.S));
  const [kemSeed, nB] = [unhex(insider.announce_seed), unhex(insider.n_B)];
  const self = idOf(unhex(insider.identity_seed));

  const EVENTS = ["announce_pubkey", "bb84_relay", "bb84_relay", "bb84_relay", "bb84_relay"];
  const ROUTINE = [...EVENTS, "roomkey_share", "encrypted_message"];
  const expected = frames.map((_, i) => ROUTINE[i] ?? "group_message");
  check(
    "conversation: events",
    expected,
    frames.map(({ event }) => event),
  );
  const bytes = frames.map(({ frame }) => {
    const decoded = Buffer.from(frame, "base64url");
    return base64url(decoded) === frame ? decoded : refuse("frame_malformed");
  });

  const [AN, M1, M2, M3, M4, share, ack, ...messages] = bytes;
  const ek = xwing.keygen(kemSeed).publicKey;
  const announce = concat(u8(1), u8(LINK), self, ek, H("sas commit", room.rid, self, ek, nB));
  check("conversation: announce", announce, hex(AN));
  const seen = openHandshake({ room, kemSeed, AN, M1, M2, M3, M4 });
  check("conversation: n_B", seen.nB, insider.n_B);
  check("conversation: insider", seen.nameB, insider.name);
  check("conversation: channel", [seen.run.noise, seen.run.eve], [0, 0]);
  check("conversation.session.th5", seen.th5, recorded.session.th5);
  const symbols = seen.sas.emoji.map((emoji) => emoji.split(" ")[0]);
  check("conversation.session.emoji", symbols, recorded.session.emoji);

  const opened = openRecord(seen, new Chain(seen.sAB), 0x10, share);
  const epoch = openShare(opened, { rid: room.rid, leader: seen.idA, self });
  check("conversation.epoch.h", epoch.h, recorded.epoch.h);
  check("conversation: ACK", openRecord(seen, new Chain(seen.sBA), 0x11, ack), recorded.epoch.h);
  check("conversation.epoch.room_code", roomCode(epoch.h), recorded.epoch.room_code);
  const members = epoch.commit.members.map(({ id, name }) => ({ id: base64url(id), name }));
  check("conversation.epoch.members", members, recorded.epoch.members);

  // The header says who sent a frame, and to whom; the cryptography must agree with it.
  const [alice, bob] = members.map(({ id }) => id);
  const senders = [bob, alice, bob, alice, bob, alice, bob];
  const said = messages.map((frame, i) => {
    const at = senders.length + i;
    const message = openGroup(epoch, frame);
    check(`conversation: sender of frame ${at}`, base64url(message.sender.id), frames[at].from);
    return { at, from: message.sender.name, epoch: epoch.commit.epoch, ...plainly(message) };
  });
  senders.forEach((from, at) => {
    const to = at === 0 ? undefined : from === alice ? bob : alice;
    check(`conversation: header of frame ${at}`, [from, to], [frames[at].from, frames[at].to]);
  });
  check("conversation: how many messages", said.length, recorded.said.length);
  said.forEach((message, i) => check(`conversation.said ${i}`, message, recorded.said[i]));

  console.log(
    `room ${where.name}, room code ${roomCode(epoch.h)}, members ${members.map(({ name }) => name).join(", ")}`,
  );
  for (const message of said)
    console.log(`${new Date(message.ms).toISOString().slice(11, 19)}  ${line(message, members)}`);
}

function plainly({ sender, seq, ms, type, body }) {
  if (type === 1) return { seq, ms, type, text: fromUtf8(body) };
  if (type === 4) return { seq, ms, type, control: decodeControl(body) };
  if (type === 5) return { seq, ms, type, event: decodeEvent(body, sender.id) };
  return refuse("DECODE: content type");
}

/** A message in words; one that is pointed to is named by its sender and seq. */
function line({ from, seq, text, control, event }, members) {
  const who = `${from} ${seq}`.padEnd(9);
  if (text !== undefined) return `${who}${text}`;
  if (control !== undefined) return `${who}(${control.op})`;
  if (event === null) return `${who}(an event of a later version)`;
  const { op, ref, ...rest } = event;
  const target = ref && `${members.find(({ id }) => id === ref.id)?.name ?? "?"} ${ref.seq}`;
  const words = [op, target, ...Object.entries(rest).map(([name, value]) => `${name}: ${value}`)];
  return `${who}(${words.filter((word) => word !== undefined).join(", ")})`;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(`${file} cannot be read as JSON: ${error.message}`);
    process.exit(1);
  }
}

// ------------------------------------------------------------------------------------------------------------- main

const [vectors, conversation, noise, ldpc] = FILES.map(read);
section("vectors", () => readVectors(vectors));
section("noise", () => readNoise(noise, roomOf(LINK, vectors.room.name, unhex(vectors.room.S))));
section("ldpc", () => readLdpc(ldpc, roomOf(LINK, vectors.room.name, unhex(vectors.room.S))));
section("conversation", () => readConversation(conversation));
for (const problem of wrong) console.error(`wrong: ${problem}`);
console.log(
  wrong.length === 0 ? `ok: ${reproduced} values reproduced` : `failed: ${wrong.length} of the values differ`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
