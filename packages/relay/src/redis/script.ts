import { createHash } from "node:crypto";

/** A Lua script, and the name under which Redis remembers it. */
export interface Script {
  readonly lua: string;
  readonly sha: string;
}

/**
 * The first two arguments of every script: what begins its keys, and milliseconds since 1970, where not the clock of Redis
 * is to count, which all relays have in common. The script's own arguments begin with the third.
 */
const HEAD = `
local prefix, now = ARGV[1], tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/** @param parts Lua, one after the other; the last one returns something */
export function script(...parts: readonly string[]): Script {
  const lua = [HEAD, ...parts].join("\n");
  return { lua, sha: createHash("sha1").update(lua).digest("hex") };
}
