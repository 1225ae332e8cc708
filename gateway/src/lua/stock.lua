--[[
  Stores the shop's stock figures. An older figure never overwrites a newer one.

  KEYS[1] room     hash: remaining, held, sold, stock_version
  ARGV[1] remaining  ARGV[2] held  ARGV[3] sold  ARGV[4] version ("" when the shop does not number its figures)

  Returns 1 stored, 0 this Redis does not know the room, -1 a newer figure is known
]]
local room_key = KEYS[1]
local remaining, held, sold, version = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

local room = redis.call('HMGET', room_key, 'epoch', 'stock_version')
if not room[1] then return 0 end
local known = tonumber(room[2])
if version and known and version < known then return -1 end
redis.call('HSET', room_key, 'remaining', remaining, 'held', held, 'sold', sold)
if version then redis.call('HSET', room_key, 'stock_version', version) end
return 1
