--[[
  Revokes a ticket of the ordinary line by its number, in any status: its place, its call, or its slot and token.

  KEYS[1] room     hash: issued, serving, …
  KEYS[2] gaps     sorted set: numbers beyond serving whose holders have gone
  KEYS[3] called   hash: arrival index -> record
  KEYS[4] active   sorted set: arrival index by deadline
  KEYS[5] tokens   hash: jti -> arrival index
  KEYS[6] ended    sorted set: arrival index by end, for the clean-up
  KEYS[7] seen     prefix of the last-seen arrays

  ARGV[1] number
  ARGV[2] jti that Postgres already lists as revoked ("" in the first call)

  Returns { 1, was }  revoked; was: "waiting", "called" or "admitted". Or it had already ended: "revoked", "ended"
          { 2, jti }  admitted, and nothing has changed: revoke its token in Postgres first, then call again
          { 0 }   this Redis does not know the room
          { -1 }  the number was not given (before a draw no number is given)
          { -2 }  its holder has bought
  Idempotent. O(log n).
]]
local room_key, gaps_key, called_key, active_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local tokens_key, ended_key, seen_prefix = KEYS[5], KEYS[6], KEYS[7]
local number, revoked_jti = tonumber(ARGV[1]), ARGV[2]

-- @include clock
-- @include seen
-- @include number
-- @include uncertain-numbers

local room = redis.call('HMGET', room_key, 'epoch', 'issued', 'serving')
if not room[1] then return { 0 } end
local issued, serving = tonumber(room[2]), tonumber(room[3])
local lottery, undrawn = read_lottery(room_key)
if undrawn or number < 1 or number > issued then return { -1 } end

local index = index_of(number, lottery)
local json = redis.call('HGET', called_key, index)
if json then
  local record = cjson.decode(json)
  if record.state == 'completed' then return { -2 } end
  if record.state == 'revoked' then return { 1, 'revoked' } end
  if record.state == 'admitted' and record.jti ~= revoked_jti then return { 2, record.jti } end
  redis.call('ZREM', active_key, index)
  if record.jti then redis.call('HDEL', tokens_key, record.jti) end
  redis.call('HSET', called_key, index, cjson.encode({ state = 'revoked', jti = record.jti }))
  redis.call('ZADD', ended_key, now_ms, index)
  write_seen(seen_prefix, index, SEEN_REVOKED)
  return { 1, record.state }
end

local seen = read_seen(seen_prefix, index)
if seen == SEEN_REVOKED then return { 1, 'revoked' } end
if seen == SEEN_LEFT then return { 1, 'ended' } end
if number <= serving then
  -- Skipped or expired. Only after a loss of Redis could its holder return and be called again.
  if read_restored(room_key, '') then write_seen(seen_prefix, index, SEEN_REVOKED) end
  return { 1, 'ended' }
end
if redis.call('ZADD', gaps_key, number, number) == 0 then return { 1, 'ended' } end
write_seen(seen_prefix, index, SEEN_REVOKED)
return { 1, 'waiting' }
