--[[
  Joins a room with one place per e-mail address, like join.lua. Every join gets a ticket, so that no answer reveals
  whether an address is in line. The first live ticket of an address holds its place. A later one is a rival. It may claim
  only when the holder is gone (place-claim.lua), or when the mailbox confirms that it is the owner's (prove-place.lua).

  KEYS[1] places   hash: keyed hash of the address -> arrival index of the holder; "#" and index of a rival -> address;
                   "!" and address -> number of rivals so far
  KEYS[2] called   hash: arrival index -> record of a ticket that was called
  KEYS[3…] as KEYS[1…] of join.lua: room, gaps, joins, seen

  ARGV[1] keyed hash of the address
  ARGV[2…] as ARGV[1…] of join.lua, with one operation id: a repeated join finds its own place

  Returns what join.lua returns, then the number of this rival of the address: 1, 2, …; 0 for the holder
  O(log gaps); an address costs about 80 bytes, and a rival as much, until the room is reset.
]]
local places_key, called_key, room_key, gaps_key, joins_key, seen_prefix = unpack(KEYS, 1, 6)
local address, operation = ARGV[1], ARGV[#ARGV]

-- @include clock
-- @include seen
-- @include number

local function join(KEYS, ARGV)
-- @script join
end

-- @include place

local held = redis.call('HGET', places_key, address)
local own = redis.call('HGET', joins_key, operation)
local is_rival = held and held ~= own and is_live(tonumber(held))

local answer = join({ unpack(KEYS, 3) }, { unpack(ARGV, 2) })
if answer[1] ~= 1 then return answer end
local rival = 0
if not is_rival then
  redis.call('HSET', places_key, address, answer[5])
elseif redis.call('HSETNX', places_key, '#' .. answer[5], address) == 1 then
  rival = redis.call('HINCRBY', places_key, '!' .. address, 1)
else
  rival = tonumber(redis.call('HGET', places_key, '!' .. address))
end
answer[#answer + 1] = rival
return answer
