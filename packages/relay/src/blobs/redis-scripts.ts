import { script } from "../redis/script.js";

/**
 * Sealed files in Redis, all keys behind a prefix:
 *
 * - `blob:<room> <blob>`: hash of `parts`, `expires`, `count`, `bytes` and the sealed parts by their numbers
 * - `files:<room>`: how many bytes the files of a room have; `files`: hash of `blobs` and `bytes` of all
 * - `files-times`: sorted set of `<room> <blob>` by the end of their time
 */
const FILES = `
local function key(name) return prefix .. 'blob:' .. name end

local function count(room, blobs, bytes)
  redis.call('HINCRBY', prefix .. 'files', 'blobs', blobs)
  redis.call('HINCRBY', prefix .. 'files', 'bytes', bytes)
  if redis.call('INCRBY', prefix .. 'files:' .. room, bytes) == 0 then redis.call('DEL', prefix .. 'files:' .. room) end
end

local function totals()
  local values = redis.call('HMGET', prefix .. 'files', 'blobs', 'bytes')
  return { tonumber(values[1]) or 0, tonumber(values[2]) or 0 }
end

local function forget(name)
  local kept = redis.call('HMGET', key(name), 'parts', 'bytes')
  redis.call('ZREM', prefix .. 'files-times', name)
  if not kept[1] then return nil end
  local room = string.match(name, '^%S+')
  redis.call('DEL', key(name))
  count(room, -1, -tonumber(kept[2]))
  return { room, tonumber(kept[1]), tonumber(kept[2]) }
end

local function isLive(name)
  local expires = redis.call('HGET', key(name), 'expires')
  return expires and tonumber(expires) > now
end
`;

/** room, blob, part, parts, sealed, life, bytes of a room, bytes of all. Returns what came of it and the totals. */
export const PUT = script(
  FILES,
  `
local room, blob, part, parts, sealed = unpack(ARGV, 3, 7)
local life, roomBytes, allBytes = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local name = room .. ' ' .. blob
local live = isLive(name)
if live then
  if redis.call('HGET', key(name), 'parts') ~= parts then return { 'other_parts', totals() } end
  if redis.call('HEXISTS', key(name), part) == 1 then return { 'kept', totals() } end
else
  forget(name)
end
if (tonumber(redis.call('GET', prefix .. 'files:' .. room)) or 0) + #sealed > roomBytes then return { 'room_full', totals() } end
if totals()[2] + #sealed > allBytes then return { 'all_full', totals() } end
if not live then
  local expires = string.format('%.0f', now + life)
  redis.call('HSET', key(name), 'parts', parts, 'expires', expires, 'count', 0, 'bytes', 0)
  redis.call('ZADD', prefix .. 'files-times', expires, name)
end
redis.call('HSET', key(name), part, sealed)
count(room, live and 0 or 1, #sealed)
local bytes = redis.call('HINCRBY', key(name), 'bytes', #sealed)
local complete = redis.call('HINCRBY', key(name), 'count', 1) == tonumber(parts)
return { complete and 'complete' or 'kept', totals(), bytes }
`,
);

/** room, blob. Returns the number of parts and the names of the fields, or nothing. */
export const HAVE = script(
  FILES,
  `
local name = ARGV[3] .. ' ' .. ARGV[4]
if not isLive(name) then return false end
return { tonumber(redis.call('HGET', key(name), 'parts')), redis.call('HKEYS', key(name)) }
`,
);

/** room, blob, part */
export const GET = script(
  FILES,
  `
local name = ARGV[3] .. ' ' .. ARGV[4]
return isLive(name) and redis.call('HGET', key(name), ARGV[5])
`,
);

/** room, blob */
export const DROP = script(FILES, "forget(ARGV[3] .. ' ' .. ARGV[4])\nreturn totals()");

/** how many at most: removing a file takes time in which Redis does nothing else */
export const EXPIRE = script(
  FILES,
  `
local gone = {}
for _, name in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'files-times', '-inf', now, 'LIMIT', 0, ARGV[3])) do
  gone[#gone + 1] = forget(name)
end
return { gone, totals() }
`,
);
