--[[
  Removes every key of a room in one step, so that nothing can be written in between; for reset and delete. Every other
  command refuses a room that is not there, and only configure.lua makes one.

  KEYS[1] room  KEYS[2] gaps  KEYS[3] called  KEYS[4] active  KEYS[5] tokens  KEYS[6] calls  KEYS[7] ended
  KEYS[8] seen prefix   KEYS[9…] whatever else may be there: places by address, operation ids of joins, spent challenges

  Returns how many keys were removed. O(issued / 16,384).
]]
local room_key, seen_prefix = KEYS[1], KEYS[8]

-- @include seen

local issued = tonumber(redis.call('HGET', room_key, 'issued')) or 0
local removed = 0
for array = 0, math.floor(issued / SEEN_ARRAY) do
  removed = removed + redis.call('UNLINK', seen_prefix .. array)
end
for position, key in ipairs(KEYS) do
  if position ~= 8 then removed = removed + redis.call('UNLINK', key) end
end
return removed
