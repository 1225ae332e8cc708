--[[
  Says where a ticket stands, and notes that its holder is there.

  KEYS[1] room     hash: state, epoch, issued, serving, …
  KEYS[2] gaps     sorted set: numbers beyond serving whose holders have gone
  KEYS[3] called   hash: arrival index -> record of a ticket that was called
  KEYS[4] seen     prefix of the last-seen arrays

  ARGV[1] arrival index (from the signed ticket)
  ARGV[2] epoch of the ticket

  Returns { 1, number, serving, gaps ahead, waiting }     waiting; number: of no meaning before the draw
          { 2, number, record (JSON) }                    called, admitted or completed
          { 0 }   this Redis does not know the room
          { -1 }  expired: no claim, no heartbeat, token ran out, or the room was reset
          { -2 }  left
          { -3 }  revoked

  A signed ticket with an index beyond all that this Redis gave (it lost its last second) keeps its place.
  O(log gaps).
]]
local room_key, gaps_key, called_key, seen_prefix = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local index, epoch = tonumber(ARGV[1]), tonumber(ARGV[2])

-- @include clock
-- @include seen
-- @include number

local room = redis.call('HMGET', room_key, 'epoch', 'issued', 'serving')
local room_epoch, issued, serving = tonumber(room[1]), tonumber(room[2]), tonumber(room[3])
if not room_epoch then return { 0 } end
if room_epoch ~= epoch then return { -1 } end

local lottery, undrawn = read_lottery(room_key)
local number = number_of(index, lottery)
local record = redis.call('HGET', called_key, index)
if record then
  local called = cjson.decode(record)
  if called.state == 'revoked' then return { -3 } end
  if called.state ~= 'completed' and called.deadline < now_ms then return { -1 } end
  return { 2, number, record }
end

local has_left = read_seen(seen_prefix, index) == SEEN_LEFT
if has_left then return { -2 } end
if not undrawn and (number <= serving or redis.call('ZSCORE', gaps_key, number)) then return { -1 } end

if index > issued then
  redis.call('HSET', room_key, 'issued', index)
  issued = index
end
mark_seen(seen_prefix, index, now_ms)

local gaps_ahead = redis.call('ZCOUNT', gaps_key, '-inf', '(' .. number)
local waiting = issued - serving - redis.call('ZCARD', gaps_key)
return { 1, number, serving, gaps_ahead, waiting }
