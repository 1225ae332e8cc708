-- A Redis that was restarted or took over may be a second behind: then a gateway remembers more numbers than Redis. Counting
-- goes on beyond what is remembered, with a margin for what other gateways gave meanwhile.
-- While the line is still before the end of an earlier margin, what that left unsure stays so: most of its numbers nobody holds.
-- Tokens of before are not known for certain any more: one that was spent in the lost second may hold its slot here again.
local function beyond_rollback(room_key, line, issued, remembered, margin, at_ms)
  if issued >= remembered then return issued end
  local before = redis.call('HMGET', room_key, line .. 'serving', line .. 'unsure_after', line .. 'unsure_to')
  local serving, unsure_after, unsure_to = tonumber(before[1]), tonumber(before[2]), tonumber(before[3])
  local still_unsure = serving and unsure_after and unsure_to and serving < unsure_to
  redis.call('HSET', room_key, line .. 'issued', remembered + margin, line .. 'restored_at', at_ms,
    line .. 'unsure_after', still_unsure and math.min(unsure_after, remembered) or remembered,
    line .. 'unsure_to', remembered + margin, 'tokens_known_from', at_ms)
  return remembered + margin
end
