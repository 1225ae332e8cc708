--[[
  Gives the next numbers of a room's ordinary line, one for each operation (with a code: `join-with-code.lua`). Gateways
  send all joins of one turn of their event loop together: a join then takes about one microsecond here instead of thirty.

  KEYS[1] room     hash: state, epoch, issued, serving, …
  KEYS[2] gaps     sorted set: numbers beyond serving whose holders have gone
  KEYS[3] joins    hash: operation id -> arrival index, kept for a minute
  KEYS[4] seen     prefix of the last-seen arrays

  ARGV[1] the gateway's epoch  ARGV[2] its highest index of that epoch  ARGV[3] margin above it
  ARGV[4…n] operation ids: a join sent twice (ioredis re-sends after a reconnect) gets one number

  Returns { 1, epoch, serving, waiting, then for each: index, number, gaps ahead }
            before a draw the number is 0
          { 0 }   this Redis does not know the room (it was emptied; the gateway restores it)
          { -1 }  the room has not opened yet
          { -2 }  the room is closed, or accepts nobody new

  O(n + log gaps); a ticket costs 4 bytes of the seen array, plus its operation id for a minute.
]]
local room_key, gaps_key, joins_key, seen_prefix = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local known_epoch, known_issued, margin = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local operations = { unpack(ARGV, 4) }

-- @include clock
-- @include seen
-- @include number
-- @include number-rollback
-- @include give

local room = redis.call('HMGET', room_key, 'state', 'epoch', 'serving', 'issued')
local state, epoch, serving, issued = room[1], tonumber(room[2]), tonumber(room[3]), tonumber(room[4])
if not state then return { 0 } end
if state == 'scheduled' then return { -1 } end
if state == 'closed' or state == 'draining' then return { -2 } end

if epoch == known_epoch then issued = beyond_rolled_back_numbers(room_key, '', issued, known_issued, margin, now_ms) end

local indexes = redis.call('HMGET', joins_key, unpack(operations))
local fresh = {}
for at = 1, #operations do
  if not indexes[at] then fresh[#fresh + 1] = at end
end

if #fresh > 0 then
  issued = give_indexes(room_key, '', joins_key, seen_prefix, operations, fresh, indexes, now_ms)
end

local gaps = redis.call('ZCARD', gaps_key)
local lottery, undrawn = read_lottery(room_key)
local answer = { 1, epoch, serving, issued - serving - gaps }
for at = 1, #operations do
  local index = tonumber(indexes[at])
  local number = undrawn and 0 or number_of(index, lottery)
  answer[#answer + 1] = index
  answer[#answer + 1] = number
  answer[#answer + 1] = gaps == 0 and 0 or redis.call('ZCOUNT', gaps_key, '-inf', '(' .. number)
end
return answer
