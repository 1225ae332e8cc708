--[[
  Spends a solved challenge: the first request may pass, every other one is refused.

  KEYS[1] room     hash: epoch, …
  KEYS[2] spent    hash: challenge id -> operation id, for the challenges that end in one half minute

  ARGV[1] challenge id
  ARGV[2] operation id: the same command sent twice (ioredis re-sends after a reconnect) counts once
  ARGV[3] expiry of the challenge, ms
  ARGV[4] epoch of the challenge

  Returns 1 spent now
          0 this Redis does not know the room (it was emptied): nothing is spent
          -1 spent before
          -2 it has expired, or the room was reset

  Redis's clock decides when a challenge expires, and the hash outlives its last challenge by the same clock. So clock
  differences between gateways never let a challenge pass twice. O(1).
]]
local room_key, spent_key = KEYS[1], KEYS[2]
local id, operation, ends_at, epoch = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

-- @include clock

local room_epoch = tonumber(redis.call('HGET', room_key, 'epoch'))
if not room_epoch then return 0 end
if room_epoch ~= epoch or ends_at < now_ms then return -2 end

if redis.call('HSETNX', spent_key, id, operation) == 0 then
  return redis.call('HGET', spent_key, id) == operation and 1 or -1
end
redis.call('PEXPIRE', spent_key, ends_at - now_ms + 30000)
return 1
