--[[
  Joins a room that gives one place for each e-mail address: refuses an address that has a live ticket, else joins as
  join.lua does and notes the ticket with the address. One step, so of many joins with one address one gets a place.

  KEYS[1] places   hash: keyed hash of the address -> arrival index
  KEYS[2] called   hash: arrival index -> record of a ticket that was called
  KEYS[3…] as KEYS[1…] of join.lua: room, gaps, joins, seen

  ARGV[1] keyed hash of the address
  ARGV[2…] as ARGV[1…] of join.lua, with one operation id: sent twice, the join is one and finds its own place

  Returns { -4 }  the address has a live ticket
          else what join.lua returns
  O(log gaps); an address costs about 80 bytes until the room is reset.
]]
local places_key, called_key, room_key, gaps_key, joins_key, seen_prefix = unpack(KEYS, 1, 6)
local address, operation = ARGV[1], ARGV[#ARGV]

-- @include clock
-- @include seen
-- @include number

local function join(KEYS, ARGV)
-- @script join
end

-- As heartbeat.lua sees it. One that nobody asked about for long is live until the tick has made it a gap.
local function is_live(index)
  local json = redis.call('HGET', called_key, index)
  if json then
    local record = cjson.decode(json)
    return (record.state == 'called' or record.state == 'admitted') and record.deadline >= now_ms
  end
  local seen = read_seen(seen_prefix, index)
  if seen == SEEN_LEFT or seen == SEEN_REVOKED then return false end
  local lottery, undrawn = read_lottery(room_key)
  if undrawn then return true end
  local number, serving = number_of(index, lottery), tonumber(redis.call('HGET', room_key, 'serving')) or 0
  return number > serving and not redis.call('ZSCORE', gaps_key, number)
end

local held = redis.call('HGET', places_key, address)
if held and held ~= redis.call('HGET', joins_key, operation) and is_live(tonumber(held)) then return { -4 } end

local answer = join({ unpack(KEYS, 3) }, { unpack(ARGV, 2) })
if answer[1] == 1 then redis.call('HSET', places_key, address, answer[5]) end
return answer
