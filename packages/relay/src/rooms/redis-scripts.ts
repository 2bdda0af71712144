import { script } from "../redis/script.js";

/**
 * The rooms in Redis. Each script is one step that nothing comes between, so that capacity, names and order are exact.
 * All keys begin with a prefix:
 *
 * - `rooms`: set of the names of all rooms; `members`: how many members there are; `version`: counts the changes of lists
 * - `room:<room>`: hash of `expected`, `seq`, `version`, `count`, `joined` (for the order), `m:<id>` (a member as JSON) and
 *   `n:<folded name>`
 * - `keys:<room>`: hash of public keys by member id
 * - `grace`: sorted set of `<room> <id>` by the end of the grace time
 * - `relays`: sorted set of relays by their last sign of life; `dead`: set of those that have given none for too long
 * - `seats:<relay>`: set of `<room> <id> <sid>`, what the relay's sockets hold
 */
const ROOMS = `
local function roomKey(room) return prefix .. 'room:' .. room end

local function changed(room)
  redis.call('HSET', roomKey(room), 'version', redis.call('INCR', prefix .. 'version'))
  return redis.call('HGETALL', roomKey(room))
end

local function memberOf(room, id)
  local held = redis.call('HGET', roomKey(room), 'm:' .. id)
  return held and cjson.decode(held)
end

local function give(room, id, member, sid, relay)
  member.sid = sid
  member.relay = relay
  redis.call('HSET', roomKey(room), 'm:' .. id, cjson.encode(member))
  redis.call('SADD', prefix .. 'seats:' .. relay, room .. ' ' .. id .. ' ' .. sid)
end

local function release(room, id, member)
  if not member.sid then return end
  redis.call('SREM', prefix .. 'seats:' .. member.relay, room .. ' ' .. id .. ' ' .. member.sid)
  member.sid = nil
  member.relay = nil
end

local function drop(room, id, member, grace)
  release(room, id, member)
  redis.call('HSET', roomKey(room), 'm:' .. id, cjson.encode(member))
  redis.call('ZADD', prefix .. 'grace', now + grace, room .. ' ' .. id)
  return { room, id, changed(room) }
end

local function leaderOf(room)
  local leader, first = '', nil
  local fields = redis.call('HGETALL', roomKey(room))
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, 2) == 'm:' then
      local joined = cjson.decode(fields[i + 1]).joined
      if not first or joined < first then leader, first = string.sub(fields[i], 3), joined end
    end
  end
  return leader
end

local function depart(room, id, member)
  local key = roomKey(room)
  local led = leaderOf(room) == id
  release(room, id, member)
  redis.call('HDEL', key, 'm:' .. id, 'n:' .. member.folded)
  redis.call('HDEL', prefix .. 'keys:' .. room, id)
  redis.call('ZREM', prefix .. 'grace', room .. ' ' .. id)
  redis.call('DECR', prefix .. 'members')
  if redis.call('HINCRBY', key, 'count', -1) == 0 then
    redis.call('DEL', key, prefix .. 'keys:' .. room)
    redis.call('SREM', prefix .. 'rooms', room)
    return { room, id, cjson.encode(member), '', {} }
  end
  return { room, id, cjson.encode(member), led and leaderOf(room) or '', changed(room) }
end

local function splitSeat(seat)
  return string.match(seat, '^(%S+) (%S+) ?(%S*)$')
end
`;

/** room, id, username, folded, token, new token, plaintext, sid, relay, expected, most rooms, most members */
export const JOIN = script(
  ROOMS,
  `
local room, id, username, folded, token, fresh, plaintext, sid, relay = unpack(ARGV, 3, 11)
local expected, maxRooms, maxMembers = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
local key = roomKey(room)
local member = memberOf(room, id)
if member then
  if token == '' or token ~= member.resume then return { 'id_taken', 0 } end
  local replaced = member.sid or ''
  release(room, id, member)
  member.plaintext = plaintext == '1'
  give(room, id, member, sid, relay)
  redis.call('ZREM', prefix .. 'grace', room .. ' ' .. id)
  return { 'resumed', replaced, changed(room) }
end
local capacity = tonumber(redis.call('HGET', key, 'expected'))
if not capacity then
  if expected > maxMembers then return { 'bad_expected', maxMembers } end
  if redis.call('SCARD', prefix .. 'rooms') >= maxRooms then return { 'room_limit', maxRooms } end
else
  if tonumber(redis.call('HGET', key, 'count')) >= capacity then return { 'room_full', capacity } end
  if redis.call('HEXISTS', key, 'n:' .. folded) == 1 then return { 'name_taken', 0 } end
end
if not capacity then
  local kept = tonumber(redis.call('HGET', prefix .. 'history:' .. room, 'last')) or 0
  redis.call('HSET', key, 'expected', expected, 'seq', kept, 'count', 0, 'joined', 0)
  redis.call('SADD', prefix .. 'rooms', room)
end
redis.call('HINCRBY', key, 'count', 1)
redis.call('HSET', key, 'n:' .. folded, id)
redis.call('INCR', prefix .. 'members')
local joined = redis.call('HINCRBY', key, 'joined', 1)
local seat = { username = username, folded = folded, resume = fresh, plaintext = plaintext == '1', joined = joined }
give(room, id, seat, sid, relay)
return { capacity and 'joined' or 'created', '', changed(room) }
`,
);

/** room, id, sid */
export const LEAVE = script(
  ROOMS,
  `
local room, id, sid = unpack(ARGV, 3, 5)
local member = memberOf(room, id)
if not member or member.sid ~= sid then return false end
return depart(room, id, member)
`,
);

/** room, id, sid, grace */
export const DISCONNECT = script(
  ROOMS,
  `
local room, id, sid, grace = unpack(ARGV, 3, 6)
local member = memberOf(room, id)
if not member or member.sid ~= sid then return false end
return drop(room, id, member, tonumber(grace))
`,
);

/**
 * relay, life time of a relay, grace, whether this relay has watched for long enough to call another one dead, how many
 * seats at a time. Returns whether this relay is still known, the drops, the departures, the numbers of rooms and members.
 */
export const PULSE = script(
  ROOMS,
  `
local relay, life, grace, watched, limit = unpack(ARGV, 3, 7)
local relays, dead = prefix .. 'relays', prefix .. 'dead'
local known = redis.call('ZSCORE', relays, relay) and 1 or 0
if known == 1 then redis.call('ZADD', relays, now, relay) end
if watched == '1' then
  for _, silent in ipairs(redis.call('ZRANGEBYSCORE', relays, '-inf', now - tonumber(life))) do
    redis.call('ZREM', relays, silent)
    redis.call('SADD', dead, silent)
  end
end
local dropped, departed = {}, {}
for _, gone in ipairs(redis.call('SMEMBERS', dead)) do
  local seats = prefix .. 'seats:' .. gone
  while #dropped < tonumber(limit) do
    local seat = redis.call('SPOP', seats)
    if not seat then break end
    local room, id, sid = splitSeat(seat)
    local member = memberOf(room, id)
    if member and member.sid == sid then dropped[#dropped + 1] = drop(room, id, member, tonumber(grace)) end
  end
  if redis.call('EXISTS', seats) == 0 then redis.call('SREM', dead, gone) end
end
for _, seat in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'grace', '-inf', now, 'LIMIT', 0, limit)) do
  local room, id = splitSeat(seat)
  local member = memberOf(room, id)
  if member then departed[#departed + 1] = depart(room, id, member)
  else redis.call('ZREM', prefix .. 'grace', seat) end
end
local rooms = redis.call('SCARD', prefix .. 'rooms')
return { known, dropped, departed, rooms, tonumber(redis.call('GET', prefix .. 'members')) or 0 }
`,
);

/** relay: enters it among the living. Its name is a new one. */
export const REGISTER = script(
  ROOMS,
  `
redis.call('ZADD', prefix .. 'relays', now, ARGV[3])
return 1
`,
);

/** relay: it stops, and the others take over its seats. */
export const RESIGN = script(
  ROOMS,
  `
if redis.call('ZREM', prefix .. 'relays', ARGV[3]) == 1 then redis.call('SADD', prefix .. 'dead', ARGV[3]) end
return 1
`,
);

/** relay: every seat that its sockets hold. */
export const SEATS = script(
  ROOMS,
  `
return redis.call('SMEMBERS', prefix .. 'seats:' .. ARGV[3])
`,
);

/** room */
export const ROOM = script(
  ROOMS,
  `
return redis.call('HGETALL', roomKey(ARGV[3]))
`,
);

/** room, id */
export const MEMBER = script(
  ROOMS,
  `
return redis.call('HGET', roomKey(ARGV[3]), 'm:' .. ARGV[4])
`,
);

/** room, id, sid, frame: keeps the key unless somebody else holds the seat by now. */
export const KEEP_KEY = script(
  ROOMS,
  `
local room, id, sid, frame = unpack(ARGV, 3, 6)
local member = memberOf(room, id)
if not member or member.sid ~= sid then return false end
redis.call('HSET', prefix .. 'keys:' .. room, id, frame)
return 1
`,
);

/** room */
export const KEYS = script(
  ROOMS,
  `
return redis.call('HGETALL', prefix .. 'keys:' .. ARGV[3])
`,
);

/** room, how much to add */
export const SEQUENCE = script(
  ROOMS,
  `
local key = roomKey(ARGV[3])
if redis.call('EXISTS', key) == 0 then return false end
return redis.call('HINCRBY', key, 'seq', ARGV[4])
`,
);
