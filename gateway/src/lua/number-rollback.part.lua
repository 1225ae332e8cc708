-- A Redis that was restarted or took over may be a second behind: then a gateway remembers more numbers than Redis. Counting
-- goes on beyond what is remembered, with a margin for what other gateways gave meanwhile.
-- While the line is still before the end of an earlier margin, what that left unsure stays so: most of its numbers nobody holds.
-- Tokens of before are not known for certain any more: one that was spent in the lost second may hold its slot here again.
-- Only calls after the last step that Redis knows of can be lost; who was called before has a record, or had their time.
local function beyond_rolled_back_numbers(room_key, line, issued, remembered, margin, at_ms)
  if issued >= remembered then return issued end
  local before = redis.call('HMGET', room_key, line .. 'serving', line .. 'uncertain_from', line .. 'uncertain_to', 'last_tick',
    line .. 'call_points')
  local serving, uncertain_from, uncertain_to = tonumber(before[1]), tonumber(before[2]), tonumber(before[3])
  local still_unsure = serving and uncertain_from and uncertain_to and serving < uncertain_to
  local points = before[5] and #before[5] < 16384 and before[5] .. ' ' or ''
  redis.call('HSET', room_key, line .. 'issued', remembered + margin, line .. 'restored_at', at_ms,
    line .. 'uncertain_from', still_unsure and math.min(uncertain_from, remembered) or remembered,
    line .. 'uncertain_to', remembered + margin, 'tokens_known_from', at_ms,
    line .. 'call_points', points .. (tonumber(before[4]) or at_ms) .. ':' .. (serving or 0))
  return remembered + margin
end
