-- A Redis that restarted or failed over may be a second behind: then a gateway has higher high-water marks than Redis.
-- Counting continues above those marks, with a margin for the numbers that other gateways gave meanwhile.
-- While the line is still before the end of an earlier margin, its numbers stay uncertain: nobody holds most of them.
-- Earlier tokens are uncertain from now on: one that was spent in the lost second may hold its slot here again.
-- Only calls after the last step that Redis knows can be lost. Earlier called tickets have a record, or their time is
-- over.
local function beyond_rolled_back_numbers(room_key, line, issued, known_issued, margin, at_ms)
  if issued >= known_issued then return issued end
  local before = redis.call('HMGET', room_key, line .. 'serving', line .. 'uncertain_from', line .. 'uncertain_to', 'last_tick',
    line .. 'call_points')
  local serving, uncertain_from, uncertain_to = tonumber(before[1]), tonumber(before[2]), tonumber(before[3])
  local still_uncertain = serving and uncertain_from and uncertain_to and serving < uncertain_to
  local points = before[5] and #before[5] < 16384 and before[5] .. ' ' or ''
  redis.call('HSET', room_key, line .. 'issued', known_issued + margin, line .. 'restored_at', at_ms,
    line .. 'uncertain_from', still_uncertain and math.min(uncertain_from, known_issued) or known_issued,
    line .. 'uncertain_to', known_issued + margin, 'tokens_known_from', at_ms,
    line .. 'call_points', points .. (tonumber(before[4]) or at_ms) .. ':' .. (serving or 0))
  return known_issued + margin
end
