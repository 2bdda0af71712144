/** How a reader makes every byte of `docs/vectors/qsec2-v1.json` again; the field `how` of that file. */
export const HOW: readonly string[] = [
  "All byte strings are hex unless a field says otherwise. Names and layouts are those of docs/protocol.md.",
  'DRBG: each party P of each scenario has its own. Its i-th request (i from 0) for L bytes returns SHAKE256(ASCII("QSEC2 v1 vectors/" + prefix + P) || u32(i), L bytes), with P = "alice" or "bob" and the scenario\'s drbg_prefix. The counter goes up by one per request, whatever L is.',
  "alice draws: n_A (32); X-Wing encapsulation randomness (64 = 32 ML-KEM message, then 32 X25519 secret); qubits (N/4); then 6 bytes (u48) per sample pick. Picks are a partial Fisher-Yates over the matched indices in rising order: for i = 0..m-1, j = i + (u48 mod (len - i)), swap i and j, take index i; m = floor(matched/4) for golay, max(8, floor(matched/4)) for classic.",
  "bob draws: X-Wing seed (32); n_B (32); after M1, bases (N/8); then, qubit by qubit in index order and only where his basis differs from the qubit's, 1 byte whose low bit is the outcome. noise_ppm = eve_ppm = 0, so the channel draws nothing.",
  'Identities: Ed25519 seeds 32 x a1 (alice), 32 x b0 (bob); names "alice", "bob". alice is the initiator: role 1, epoch 0, members 1. No ETSI 014 key (key_ID is empty).',
  'Scenarios: golay and classic in the link room (S and name as given); verify and open in the room named "lobby". th2 = H("th2", th1 || box1), box1 = M1[1218..].',
  'Epoch: room_key = 32 x 4b, epoch 1, prev = zeros, ms 1767225600000, reason 1, flags 0, capacity 16, members alice, bob. share_record is the first session record that alice sends in the golay scenario. group_frame (ctype 1, "hello", ms 1767225601000) and event_frame (ctype 5, ms 1767225602000, body as given) are alice\'s seq 0 and 1. sender_chains are the chains before the first message.',
  "File: 20000 x 55, not padded by padme (the vector pins the cipher); fk 32 x f1, salt 24 x 5a.",
  "padme is a list of [length, padded length].",
];
