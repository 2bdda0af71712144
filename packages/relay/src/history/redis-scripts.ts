import { HISTORY_PAGE_BYTES, HISTORY_PAGE_MAX } from "@qsec2/sdk/wire";
import { script } from "../redis/script.js";

/**
 * Kept messages in Redis, all keys behind a prefix:
 *
 * - `messages:<room>`: a stream whose ids are the numbers of the messages, with `from`, `expires` and `sealed`
 * - `history:<room>`: hash of `messages`, `bytes` and the `last` number
 * - `history`: hash of `messages` and `bytes` of all rooms; `history-times`: sorted set of rooms by the end of their oldest
 *   message
 */
const KEPT = `
local function count(room, messages, bytes)
  local key = prefix .. 'history:' .. room
  redis.call('HINCRBY', prefix .. 'history', 'messages', messages)
  redis.call('HINCRBY', prefix .. 'history', 'bytes', bytes)
  redis.call('HINCRBY', key, 'bytes', bytes)
  if redis.call('HINCRBY', key, 'messages', messages) == 0 then redis.call('DEL', key, prefix .. 'messages:' .. room) end
end

local function fieldsOf(entry)
  local fields = {}
  for i = 1, #entry[2], 2 do fields[entry[2][i]] = entry[2][i + 1] end
  return fields
end

local function removeOldest(room, goes)
  local stream = prefix .. 'messages:' .. room
  while true do
    local entry = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
    if not entry then
      redis.call('ZREM', prefix .. 'history-times', room)
      return
    end
    local fields = fieldsOf(entry)
    if not goes(fields) then
      redis.call('ZADD', prefix .. 'history-times', fields.expires, room)
      return
    end
    redis.call('XDEL', stream, entry[1])
    count(room, -1, -#fields.sealed)
  end
end

local function expire()
  for _, room in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'history-times', '-inf', now)) do
    removeOldest(room, function(fields) return tonumber(fields.expires) <= now end)
  end
end

local function totals()
  local values = redis.call('HMGET', prefix .. 'history', 'messages', 'bytes')
  return { tonumber(values[1]) or 0, tonumber(values[2]) or 0 }
end
`;

/** room, from, sealed, life, bytes of a room, bytes of all. Returns the number, or false without place; then the totals. */
export const ADD = script(
  KEPT,
  `
local room, from, sealed = unpack(ARGV, 3, 5)
local life, roomBytes, allBytes = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local key = prefix .. 'room:' .. room
if redis.call('EXISTS', key) == 0 then return { 'gone' } end
expire()
removeOldest(room, function()
  return (tonumber(redis.call('HGET', prefix .. 'history:' .. room, 'bytes')) or 0) + #sealed > roomBytes
end)
if totals()[2] + #sealed > allBytes then return { 'full', totals() } end
local seq = redis.call('HINCRBY', key, 'seq', 1)
local expires = string.format('%.0f', now + life)
redis.call('XADD', prefix .. 'messages:' .. room, seq .. '-0', 'from', from, 'expires', expires, 'sealed', sealed)
redis.call('ZADD', prefix .. 'history-times', 'NX', expires, room)
count(room, 1, #sealed)
redis.call('HSET', prefix .. 'history:' .. room, 'last', seq)
return { seq, totals() }
`,
);

/** room, the first id. Returns whether there is more, then a number, a sender and sealed bytes for each message. */
export const PAGE = script(
  KEPT,
  `
local room, start = ARGV[3], ARGV[4]
local page, messages, bytes = { 0 }, 0, 0
while true do
  local entries = redis.call('XRANGE', prefix .. 'messages:' .. room, start, '+', 'COUNT', 16)
  if #entries == 0 then return page end
  for _, entry in ipairs(entries) do
    local fields = fieldsOf(entry)
    if tonumber(fields.expires) > now then
      messages, bytes = messages + 1, bytes + #fields.sealed
      if messages > ${HISTORY_PAGE_MAX} or (messages > 1 and bytes > ${HISTORY_PAGE_BYTES}) then
        page[1] = 1
        return page
      end
      page[#page + 1] = string.match(entry[1], '%d+')
      page[#page + 1] = fields.from
      page[#page + 1] = fields.sealed
    end
    start = '(' .. entry[1]
  end
end
`,
);

/** room */
export const LAST = script(`return redis.call('HGET', prefix .. 'history:' .. ARGV[3], 'last')`);

export const EXPIRE = script(KEPT, "expire()\nreturn totals()");
