--[[
  Frees the active slot of a token that was spent, cancelled or revoked.

  KEYS[1] called  KEYS[2] active  KEYS[3] tokens  KEYS[4] ended (sorted set: arrival index by end, for the clean-up)
  ARGV[1] jti  ARGV[2] its end: "completed" or "revoked"

  Returns 1 freed, 0 no such active token (already free: idempotent)
  O(log active).
]]
local called_key, active_key, tokens_key, ended_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local jti, outcome = ARGV[1], ARGV[2]

-- @include clock

local index = redis.call('HGET', tokens_key, jti)
if not index then return 0 end
redis.call('HDEL', tokens_key, jti)
redis.call('ZREM', active_key, index)
redis.call('HSET', called_key, index, cjson.encode({ state = outcome, jti = jti }))
redis.call('ZADD', ended_key, now_ms, index)
return 1
