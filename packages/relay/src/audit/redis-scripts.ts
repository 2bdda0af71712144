import { script } from "../redis/script.js";

/**
 * The log of open rooms in Redis, behind a prefix: `log:<room>`, a stream whose ids are the numbers of the lines (counted
 * for all rooms in `lines`), with `message` and `at`.
 */
const KEY = "local function key(room) return prefix .. 'log:' .. room end";

/** most entries of a room, then for each step: what ("open", "close", "line"), room, message */
export const WRITE = script(
  KEY,
  `
for i = 4, #ARGV, 3 do
  local what, room, message = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if what == 'line' then
    local id = redis.call('INCR', prefix .. 'lines')
    redis.call('XADD', key(room), 'MAXLEN', '~', ARGV[3], id .. '-0', 'message', message, 'at', string.format('%.0f', now))
  else
    redis.call('DEL', key(room))
  end
end
return 1
`,
);

/** room, after which id, how many */
export const AFTER = script(KEY, "return redis.call('XRANGE', key(ARGV[3]), ARGV[4], '+', 'COUNT', ARGV[5])");

/** room, how many; the newest first */
export const LATEST = script(KEY, "return redis.call('XREVRANGE', key(ARGV[3]), '+', '-', 'COUNT', ARGV[4])");
