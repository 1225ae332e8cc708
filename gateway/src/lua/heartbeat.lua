--[[
  Reads the status of tickets, and records that their holders are present. Gateways send all requests of one turn of
  their event loop together.

  KEYS[1] room     hash: state, epoch, issued, serving, …
  KEYS[2] gaps     sorted set: numbers beyond serving whose holders have gone
  KEYS[3] called   hash: arrival index -> record of a ticket that was called
  KEYS[4] seen     prefix of the last-seen arrays

  ARGV[1] line: "" or "priority_" (KEYS[2] and KEYS[4] are those of the line)
  ARGV[2…n] for each ticket: arrival index, epoch (both from the signed ticket)

  Returns { 1, serving, waiting, then for each ticket three: code, number, more }
            code 1   waiting; more: gaps ahead. Before a draw the number is 0
            code 2   called, admitted or completed; more: the record (JSON)
            code -1  expired: no claim, no heartbeat, token expired, or the room was reset
            code -2  left
            code -3  revoked
          { 0 }  this Redis does not know the room

  After a loss of Redis, the next admission step calls two kinds of tickets again: those that were called, have not
  claimed and have time left, and those whose number was skipped because it was not known to be given.
  A signed ticket with a higher index than this Redis gave (it lost its last second) keeps its place.
  O(n log gaps).
]]
local room_key, gaps_key, called_key, seen_prefix = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local line = ARGV[1]

-- @include clock
-- @include line
-- @include seen
-- @include number
-- @include uncertain-numbers

local room = redis.call('HMGET', room_key, 'epoch', line .. 'issued', line .. 'serving')
local room_epoch, issued, serving = tonumber(room[1]), tonumber(room[2]) or 0, tonumber(room[3]) or 0
if not room_epoch then return { 0 } end

local letter = letter_of(line)
local lottery, undrawn = nil, false
if line ~= PRIORITY then lottery, undrawn = read_lottery(room_key) end
local gaps = redis.call('ZCARD', gaps_key)
local members = {}
for at = 2, #ARGV, 2 do members[#members + 1] = letter .. ARGV[at] end
local records = redis.call('HMGET', called_key, unpack(members))

local function called_status(record, number)
  local called = cjson.decode(record)
  if called.state == 'revoked' then return -3, number, '' end
  if called.state ~= 'completed' and called.deadline < now_ms then return -1, number, '' end
  return 2, number, record
end

local restored = read_restored(room_key, line)

local function ticket_status(index, epoch, record)
  if epoch ~= room_epoch then return -1, 0, '' end
  local number = number_of(index, lottery)
  if record then return called_status(record, number) end
  local may_be_over = undrawn or number <= serving or (gaps > 0 and redis.call('ZSCORE', gaps_key, number))
  if may_be_over then
    local seen = read_seen(seen_prefix, index)
    if seen == SEEN_LEFT then return -2, number, '' end
    if seen == SEEN_REVOKED then return -3, number, '' end
    if restored and number <= serving and wants_recall(restored, letter .. index, index, number, seen, now_ms) then
      mark_seen(seen_prefix, index, now_ms)
      return 1, number, 0
    end
    if not undrawn then return -1, number, '' end
  end
  if index > issued then
    redis.call('HSET', room_key, line .. 'issued', index)
    issued = index
  end
  mark_seen(seen_prefix, index, now_ms)
  if undrawn then return 1, 0, 0 end
  return 1, number, gaps == 0 and 0 or redis.call('ZCOUNT', gaps_key, '-inf', '(' .. number)
end

local answer = { 1, serving, 0 }
for at = 1, #members do
  local code, number, more = ticket_status(tonumber(ARGV[at * 2]), tonumber(ARGV[at * 2 + 1]), records[at])
  answer[#answer + 1] = code
  answer[#answer + 1] = number
  answer[#answer + 1] = more
end
answer[3] = math.max(0, issued - serving - gaps)
return answer
