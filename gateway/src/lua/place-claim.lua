--[[
  Whether a ticket of a room with one place per e-mail address may claim: it holds the place of its address, or the
  holder is gone and has not bought; then this ticket gets the place.

  KEYS[1] places  KEYS[2] called  KEYS[3] room  KEYS[4] gaps  KEYS[5] seen prefix; see join-unique-email.lua
  ARGV[1] arrival index  ARGV[2] epoch of the ticket

  Returns 1 may claim (or claim.lua refuses it), 0 another ticket holds the place
  O(log gaps).
]]
local places_key, called_key, room_key, gaps_key, seen_prefix = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local index, epoch = ARGV[1], tonumber(ARGV[2])

-- @include clock
-- @include seen
-- @include number
-- @include place

if tonumber(redis.call('HGET', room_key, 'epoch')) ~= epoch then return 1 end
local address = redis.call('HGET', places_key, '#' .. index)
if not address then return 1 end
local holder = redis.call('HGET', places_key, address)
if holder == index then return 1 end
if holder then
  local json = redis.call('HGET', called_key, holder)
  if json and cjson.decode(json).state == 'completed' then return 0 end
  if is_live(tonumber(holder)) then return 0 end
end
redis.call('HSET', places_key, address, index)
return 1
