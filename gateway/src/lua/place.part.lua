-- Whether a ticket is live, as in heartbeat.lua. A ticket that is silent for long stays live until the tick has made it
-- a gap.
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
