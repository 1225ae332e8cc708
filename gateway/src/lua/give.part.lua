-- Gives the next indexes of a line to those operations (by their positions in the list) that have none yet.
local function give_indexes(room_key, line, joins_key, seen_prefix, operations, fresh, indexes, at_ms)
  local issued = redis.call('HINCRBY', room_key, line .. 'issued', #fresh)
  local first = issued - #fresh + 1
  local pairs_to_keep = {}
  for order, at in ipairs(fresh) do
    indexes[at] = first + order - 1
    pairs_to_keep[#pairs_to_keep + 1] = operations[at]
    pairs_to_keep[#pairs_to_keep + 1] = first + order - 1
  end
  redis.call('HSET', joins_key, unpack(pairs_to_keep))
  redis.call('EXPIRE', joins_key, 60)
  mark_seen_range(seen_prefix, first, issued, at_ms)
  return issued
end
