--[[
  Restores counts of code uses, after Redis has lost them or its last second. A count never decreases, so any gateway
  may repeat it with the counts that it knows.

  KEYS[1] room     hash: epoch, …
  KEYS[2] codes    hash: code id -> uses so far
  ARGV[1] epoch in which they were counted
  ARGV[2…n] for each code two: its id, uses

  Returns 1 stored (also before the room is created again), 0 the room was reset since. O(n).
]]
local room_key, codes_key, epoch = KEYS[1], KEYS[2], tonumber(ARGV[1])

local room_epoch = tonumber(redis.call('HGET', room_key, 'epoch'))
if room_epoch and room_epoch ~= epoch then return 0 end

for at = 2, #ARGV, 2 do
  local known = tonumber(redis.call('HGET', codes_key, ARGV[at])) or 0
  if tonumber(ARGV[at + 1]) > known then redis.call('HSET', codes_key, ARGV[at], ARGV[at + 1]) end
end
return 1
