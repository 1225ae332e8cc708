-- How many calls the last 60 s may contain: the rate. After the rate was lowered, the limit falls evenly to it within a
-- minute.
local function read_limit(room_key, at_ms)
  local set = redis.call('HMGET', room_key, 'rate', 'limit_before', 'limit_changed_at')
  local rate, before, changed_at = tonumber(set[1]), tonumber(set[2]), tonumber(set[3])
  if before <= rate then return rate end
  local share = 1 - (at_ms - changed_at) / 60000
  if share <= 0 then return rate end
  return rate + (before - rate) * math.min(share, 1)
end
