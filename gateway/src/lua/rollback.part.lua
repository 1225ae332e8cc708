-- A Redis that was restarted or took over may be a second behind: then a gateway remembers more numbers than Redis. Counting
-- goes on beyond what is remembered, with a margin for what other gateways gave meanwhile.
local function beyond_rollback(room_key, line, issued, remembered, margin, at_ms)
  if issued >= remembered then return issued end
  redis.call('HSET', room_key, line .. 'issued', remembered + margin, line .. 'restored_at', at_ms,
    line .. 'unsure_after', remembered)
  return remembered + margin
end
