/**
 * Returns `length` fresh random bytes that the caller owns. Production passes a CSPRNG, tests and replays a seeded
 * generator. The run of the handshake never draws randomness of its own; the laboratory does so where it is given none.
 */
export type RandomBytes = (length: number) => Uint8Array;
