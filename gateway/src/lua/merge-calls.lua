--[[
  Adds calls to the log that a gateway knows and Redis lost (it restarted or failed over, a little behind).

  KEYS[1] room     hash                       KEYS[2] calls  list of "ms:count", the last 60 s
  ARGV[1] epoch    ARGV[2] the log's id as the gateway knows it
  ARGV[3] its calls, "ms:count ms:count …", by the steady clock  ARGV[4] that clock in its last reply

  Returns the number of calls that were added. O(calls).
]]
local room_key, calls_key = KEYS[1], KEYS[2]
local epoch, known_id, known_steady = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[4])

-- @include clock

local room = redis.call('HMGET', room_key, 'epoch', 'log_id', 'steady', 'window')
if tonumber(room[1]) ~= epoch then return 0 end
local log_id, steady_ms, window = tonumber(room[2]) or 0, tonumber(room[3]) or 0, tonumber(room[4])

local entries, there = {}, {}
for _, entry in ipairs(redis.call('LRANGE', calls_key, 0, -1)) do
  there[entry] = true
  entries[#entries + 1] = entry
end
local added, latest = 0, math.max(steady_ms, known_steady)
for at, count in string.gmatch(ARGV[3], '(%d+):(%d+)') do
  local entry = at .. ':' .. count
  if not there[entry] and tonumber(at) >= steady_ms - 60000 then
    entries[#entries + 1] = entry
    added = added + tonumber(count)
    latest = math.max(latest, tonumber(at))
  end
end
if added == 0 then return 0 end

local function at_of(entry) return tonumber(string.match(entry, '^(%d+)')) end
table.sort(entries, function(one, other) return at_of(one) < at_of(other) end)
redis.call('DEL', calls_key)
for _, entry in ipairs(entries) do redis.call('RPUSH', calls_key, entry) end
-- The steady clock continues from where the gateway saw it, and every gateway reads the log again.
if latest > steady_ms then redis.call('HSET', room_key, 'last_tick', now_ms) end
redis.call('HSET', room_key, 'window', window + added, 'steady', latest, 'last_call_at', latest, 'log_id', math.max(log_id, known_id) + 1)
return added
