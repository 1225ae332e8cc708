--[[
  Gives a ticket's place back, and its active slot if it has one.

  KEYS[1] room  KEYS[2] gaps  KEYS[3] called  KEYS[4] active  KEYS[5] tokens  KEYS[6] seen prefix  KEYS[7] reminders
  ARGV[1] arrival index  ARGV[2] epoch of the ticket
  ARGV[3] jti that Postgres already lists as revoked ("" in the first call)
  ARGV[4] line: "" or "priority_" (KEYS[2] and KEYS[6] are those of the line)

  Returns { 1 }   left (also when it had left before)
          { 2, jti }  admitted, and nothing has changed: revoke its token in Postgres first, then call again
          { 0 }   this Redis does not know the room
          { -1 }  the ticket had already ended
  O(log n).
]]
local room_key, gaps_key, called_key, active_key, tokens_key, seen_prefix = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local reminders_key = KEYS[7]
local index, epoch, revoked_jti, line = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], ARGV[4]

-- @include clock
-- @include line
-- @include seen
-- @include number
-- @include uncertain-numbers

local room = redis.call('HMGET', room_key, 'epoch', line .. 'serving')
local room_epoch, serving = tonumber(room[1]), tonumber(room[2]) or 0
if not room_epoch then return { 0 } end
if room_epoch ~= epoch then return { -1 } end

local member = letter_of(line) .. index
local lottery, undrawn = nil, false
if line ~= PRIORITY then lottery, undrawn = read_lottery(room_key) end
local number = number_of(index, lottery)
local json = redis.call('HGET', called_key, member)
if json then
  local record = cjson.decode(json)
  if record.state ~= 'called' and record.state ~= 'admitted' then return { -1 } end
  if record.state == 'admitted' and record.jti ~= revoked_jti then return { 2, record.jti } end
  redis.call('ZREM', active_key, member)
  if record.jti then redis.call('HDEL', tokens_key, record.jti) end
  redis.call('HDEL', called_key, member)
elseif read_seen(seen_prefix, index) == SEEN_REVOKED then
  return { -1 }
elseif undrawn or number > serving then
  -- Before the draw the gap's number is unknown; the sweep adds it afterwards.
  if not undrawn then redis.call('ZADD', gaps_key, number, number) end
elseif redis.call('ZREM', recalls_key_of(room_key), member) == 0 and read_seen(seen_prefix, index) ~= SEEN_LEFT then
  return { -1 }
end
write_seen(seen_prefix, index, SEEN_LEFT)
redis.call('HDEL', reminders_key, member)
return { 1 }
