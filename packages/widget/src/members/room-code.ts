/** The groups of four of a room code, however they are separated. */
export function groupsOf(code: string): readonly string[] {
  return code.replace(/[^0-9A-Za-z]/g, "").match(/.{1,4}/g) ?? [];
}
