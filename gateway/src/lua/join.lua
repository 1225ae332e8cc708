--[[
  Gives the next number of a room.

  KEYS[1] room     hash: state, epoch, issued, serving, …
  KEYS[2] gaps     sorted set: numbers beyond serving whose holders have gone
  KEYS[3] joins    hash: operation id -> arrival index, kept for a minute
  KEYS[4] seen     prefix of the last-seen arrays

  ARGV[1] operation id: a join sent twice (ioredis re-sends after a reconnect) gets one number

  Returns { 1, index, epoch, number, serving, gaps ahead, waiting }     number: of no meaning before the draw
          { 0 }   this Redis does not know the room (it was emptied; the gateway puts it back)
          { -1 }  the room has not opened its doors yet
          { -2 }  the room is closed, or takes nobody new any more

  O(log gaps); a ticket costs 4 bytes of the seen array, plus its operation id for a minute.
]]
local room_key, gaps_key, joins_key, seen_prefix = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local operation = ARGV[1]

-- @include clock
-- @include seen
-- @include number

local room = redis.call('HMGET', room_key, 'state', 'epoch', 'serving')
local state, epoch, serving = room[1], tonumber(room[2]), tonumber(room[3])
if not state then return { 0 } end
if state == 'scheduled' then return { -1 } end
if state == 'closed' or state == 'draining' then return { -2 } end

local index = tonumber(redis.call('HGET', joins_key, operation))
if not index then
  index = redis.call('HINCRBY', room_key, 'issued', 1)
  redis.call('HSET', joins_key, operation, index)
  redis.call('EXPIRE', joins_key, 60)
end
mark_seen(seen_prefix, index, now_ms)

local issued = tonumber(redis.call('HGET', room_key, 'issued'))
local number = number_of(index, (read_lottery(room_key)))
local gaps_ahead = redis.call('ZCOUNT', gaps_key, '-inf', '(' .. number)
local waiting = issued - serving - redis.call('ZCARD', gaps_key)
return { 1, index, epoch, number, serving, gaps_ahead, waiting }
