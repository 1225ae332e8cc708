-- After Redis lost a room, it is created again from Postgres and from the gateways' high-water marks. Then two things
-- are uncertain: which numbers above `uncertain_from` were given at all, and which recently called tickets have not
-- claimed yet.
local function read_restored(room_key, line)
  local set = redis.call('HMGET', room_key, line .. 'restored_at', line .. 'uncertain_from', 'claim_ms')
  if not set[1] then return nil end
  return { at = tonumber(set[1]), uncertain_from = tonumber(set[2]), claim_ms = tonumber(set[3]),
    room_key = room_key, points_field = line .. 'call_points' }
end

-- A number that perhaps nobody holds blocks nobody: it is skipped, and called late if its holder returns.
local function is_uncertain(restored, index, seen)
  return restored ~= nil and index > restored.uncertain_from and seen == SEEN_NEVER
end

-- Points record how far the line was at a time. A number was called after the last point that is below it.
local function may_still_claim(restored, number, at_ms)
  if at_ms - restored.at >= restored.claim_ms then return false end
  if restored.points == nil then restored.points = redis.call('HGET', restored.room_key, restored.points_field) end
  if not restored.points then return true end
  local called_after = nil
  for at, serving in string.gmatch(restored.points, '(%d+):(%d+)') do
    if tonumber(serving) < number then called_after = math.max(called_after or 0, tonumber(at)) end
  end
  return called_after ~= nil and at_ms < called_after + restored.claim_ms
end

-- Whether a called ticket must be called once more. It then waits for the next admission step like any call, so that
-- the call is counted.
local function recalls_key_of(room_key)
  return string.sub(room_key, 1, -5) .. 'recalls'
end

local function wants_recall(restored, member, index, number, seen, at_ms)
  local recalls_key = recalls_key_of(restored.room_key)
  if redis.call('ZSCORE', recalls_key, member) then return true end
  if not (is_uncertain(restored, index, seen) or may_still_claim(restored, number, at_ms)) then return false end
  redis.call('ZADD', recalls_key, number, member)
  return true
end
