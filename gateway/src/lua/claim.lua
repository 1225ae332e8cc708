--[[
  Exchanges a call for a reservation token, once. The gateway calls it first without a token (may this ticket claim?),
  then with the signed one. A second claim gets the token that is already stored.

  KEYS[1] room     hash: epoch, token_ttl_ms, …
  KEYS[2] called   hash: arrival index -> record
  KEYS[3] active   sorted set: arrival index by deadline
  KEYS[4] tokens   hash: jti -> arrival index

  ARGV[1] arrival index, with a "P" before it for the priority line
  ARGV[2] epoch of the ticket
  ARGV[3] token ("" in the first call)
  ARGV[4] its jti ("" likewise)
  ARGV[5] its expiry, ms (0 likewise)

  Returns { 1, token, expires ms }   the token of this ticket
          { 2, now ms, number, called at ms }   may claim: sign a token and call again
          { 0 }   this Redis does not know the room
          { -1 }  not called, or the call has expired
          { -2 }  spent: the purchase was made
          { -3 }  the room is closed: its tokens buy nothing
  O(log active).
]]
local room_key, called_key, active_key, tokens_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local index, epoch = ARGV[1], tonumber(ARGV[2])
local token, jti, expires_ms = ARGV[3], ARGV[4], tonumber(ARGV[5])

-- @include clock

local room = redis.call('HMGET', room_key, 'epoch', 'state')
local room_epoch = tonumber(room[1])
if not room_epoch then return { 0 } end
if room_epoch ~= epoch then return { -1 } end
if room[2] == 'closed' then return { -3 } end

local json = redis.call('HGET', called_key, index)
if not json then return { -1 } end
local record = cjson.decode(json)
if record.state == 'completed' then return { -2 } end
if record.state ~= 'called' and record.state ~= 'admitted' then return { -1 } end
if record.deadline < now_ms then return { -1 } end
if record.state == 'admitted' then return { 1, record.token, record.deadline } end
if token == '' then return { 2, now_ms, record.number, record.called_at } end

record.state, record.token, record.jti, record.deadline = 'admitted', token, jti, expires_ms
redis.call('HSET', called_key, index, cjson.encode(record))
-- The checkout accepts a token up to 5 s after its expiry, so its slot stays taken that long.
redis.call('ZADD', active_key, expires_ms + 5000, index)
redis.call('HSET', tokens_key, jti, index)
return { 1, token, expires_ms }
