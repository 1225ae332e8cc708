--[[
  Gives the next numbers of one of a room's lines to joins with codes, and counts the uses. A code that is used up or
  expired gives nothing, and a refused join counts no use.

  KEYS[1] room     hash: state, epoch, issued, serving, …
  KEYS[2] gaps     sorted set of the line: numbers beyond serving whose holders have gone
  KEYS[3] joins    hash: operation id -> arrival index, kept for a minute
  KEYS[4] seen     prefix of the line's last-seen arrays
  KEYS[5] codes    hash: code id -> uses so far

  ARGV[1] line: "" or "priority_"
  ARGV[2] epoch of the codes, or -1: any  ARGV[3] the gateway's highest index of that epoch and line  ARGV[4] margin
  ARGV[5…n] for each join four: operation id, code id, uses that the code allows, its expiry in ms (0: never)

  Returns { 1, epoch, serving, waiting, then for each join four: index, number, gaps ahead, uses of the code so far }
            before a draw the number is 0
            index -1  the code is used up;  index -2  it has expired
          { 0 }   this Redis does not know the room, or knows another generation of it
          { -1 }  the room has not opened yet
          { -2 }  the room is closed, or accepts nobody new

  An operation sent twice (ioredis re-sends after a reconnect) gets one number and counts one use. O(n + log gaps).
]]
local room_key, gaps_key, joins_key, seen_prefix, codes_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local line, known_epoch, known_issued, margin = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local USED_UP, OVER = -1, -2

local operations, codes, allowed, ends_at = {}, {}, {}, {}
for at = 5, #ARGV, 4 do
  operations[#operations + 1], codes[#codes + 1] = ARGV[at], ARGV[at + 1]
  allowed[#allowed + 1], ends_at[#ends_at + 1] = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
end

-- @include clock
-- @include line
-- @include seen
-- @include number
-- @include number-rollback
-- @include give

local room = redis.call('HMGET', room_key, 'state', 'epoch', line .. 'serving', line .. 'issued')
local state, epoch, serving, issued = room[1], tonumber(room[2]), tonumber(room[3]) or 0, tonumber(room[4]) or 0
if not state or (known_epoch >= 0 and known_epoch ~= epoch) then return { 0 } end
if state == 'scheduled' then return { -1 } end
if state == 'closed' or state == 'draining' then return { -2 } end

issued = beyond_rolled_back_numbers(room_key, line, issued, known_issued, margin, now_ms)

local indexes = redis.call('HMGET', joins_key, unpack(operations))
local used = {}
for at, uses in ipairs(redis.call('HMGET', codes_key, unpack(codes))) do used[codes[at]] = tonumber(uses) or 0 end

local fresh, counted = {}, {}
for at = 1, #operations do
  local code = codes[at]
  if not indexes[at] then
    if ends_at[at] > 0 and ends_at[at] <= now_ms then
      indexes[at] = OVER
    elseif used[code] >= allowed[at] then
      indexes[at] = USED_UP
    else
      used[code] = used[code] + 1
      fresh[#fresh + 1] = at
      counted[#counted + 1] = code
      counted[#counted + 1] = used[code]
    end
  end
end

if #fresh > 0 then
  -- A code that occurs twice in one command is written twice; the later, higher count remains.
  redis.call('HSET', codes_key, unpack(counted))
  issued = give_indexes(room_key, line, joins_key, seen_prefix, operations, fresh, indexes, now_ms)
end

local gaps = redis.call('ZCARD', gaps_key)
local lottery, undrawn = nil, false
if line ~= PRIORITY then lottery, undrawn = read_lottery(room_key) end
local answer = { 1, epoch, serving, issued - serving - gaps }
for at = 1, #operations do
  local index = tonumber(indexes[at])
  local number = index > 0 and not undrawn and number_of(index, lottery) or 0
  answer[#answer + 1] = index
  answer[#answer + 1] = number
  answer[#answer + 1] = gaps == 0 and 0 or redis.call('ZCOUNT', gaps_key, '-inf', '(' .. number)
  answer[#answer + 1] = used[codes[at]]
end
return answer
