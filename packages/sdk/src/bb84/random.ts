/**
 * Returns `length` fresh random bytes that the caller owns. Production passes a CSPRNG, tests and replays a seeded
 * generator: the engine never draws randomness of its own.
 */
export type RandomBytes = (length: number) => Uint8Array;
