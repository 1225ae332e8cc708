-- After Redis lost a room it is made again from Postgres and from what gateways remember. Two things are then unsure: which
-- numbers beyond `unsure_after` were given at all, and who of those called lately has not claimed yet.
local function read_restored(room_key, line)
  local set = redis.call('HMGET', room_key, line .. 'restored_at', line .. 'unsure_after', 'claim_ms')
  if not set[1] then return nil end
  return { at = tonumber(set[1]), unsure_after = tonumber(set[2]), claim_ms = tonumber(set[3]) }
end

-- A number that perhaps nobody holds waits for no one: it is passed over, and called late should its holder return.
local function is_unsure(restored, index, seen)
  return restored ~= nil and index > restored.unsure_after and seen == SEEN_NEVER
end
