--[[
  Removes every key of a room in one step, so that nothing can be written in between; for reset and delete. Every other
  command refuses a room that does not exist, and only configure.lua creates one.

  KEYS[1] room  KEYS[2] gaps  KEYS[3] called  KEYS[4] active  KEYS[5] tokens  KEYS[6] calls  KEYS[7] ended
  KEYS[8] seen prefix   KEYS[9] seen prefix of the priority line
  KEYS[10…] all other keys: gaps of the priority line, uses of codes, places by address, operation ids of joins,
  spent challenges
  ARGV[1] the last epoch to remove: a room with a later one stays unchanged

  Returns how many keys were removed. O(issued / 16,384).
]]
local room_key = KEYS[1]
local FIRST_PREFIX, LAST_PREFIX = 8, 9

-- @include seen

local issued = redis.call('HMGET', room_key, 'issued', 'priority_issued', 'epoch')
if (tonumber(issued[3]) or 0) > tonumber(ARGV[1]) then return 0 end
local removed = 0
for position = FIRST_PREFIX, LAST_PREFIX do
  local given = tonumber(issued[position - FIRST_PREFIX + 1]) or 0
  for array = 0, math.floor(given / SEEN_ARRAY) do
    removed = removed + redis.call('UNLINK', KEYS[position] .. array)
  end
end
for position, key in ipairs(KEYS) do
  if position < FIRST_PREFIX or position > LAST_PREFIX then removed = removed + redis.call('UNLINK', key) end
end
return removed
