/** Overwrites secrets with zeros. Best effort: JavaScript engines may keep copies that no program can reach. */
export function wipe(...secrets: readonly (Uint8Array | null | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}
