/** The bytes of a hex field of a file of test vectors. Runs in browsers too. @throws Error when it is not hex */
export function hexField(vector: Readonly<Record<string, unknown>>, field: string): Uint8Array {
  const text = vector[field];
  if (typeof text !== "string") throw new Error(`Expected hex in the field '${field}'.`);
  return fromHex(text);
}

export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) throw new Error("Expected pairs of hex digits.");
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
