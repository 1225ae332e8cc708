-- When each ticket was last seen: 4 bytes a ticket (Unix seconds, big-endian), in arrays of 16,384 tickets.
-- 0: not seen since this Redis was filled. 1: its holder has left. 2: revoked by an operator.
local SEEN_NEVER, SEEN_LEFT, SEEN_REVOKED, SEEN_ARRAY = 0, 1, 2, 16384

local function seen_place(prefix, index)
  return prefix .. math.floor(index / SEEN_ARRAY), (index % SEEN_ARRAY) * 4
end

local packed_seconds = {}

local function write_seen(prefix, index, seconds)
  local key, offset = seen_place(prefix, index)
  local bytes = packed_seconds[seconds] or struct.pack('>I4', seconds)
  packed_seconds[seconds] = bytes
  redis.call('SETRANGE', key, offset, bytes)
end

local function mark_seen(prefix, index, at_ms)
  write_seen(prefix, index, math.floor(at_ms / 1000))
end

-- The same for a range of indexes, one array at a time.
local function mark_seen_range(prefix, first, last, at_ms)
  local bytes = struct.pack('>I4', math.floor(at_ms / 1000))
  while first <= last do
    local key, offset = seen_place(prefix, first)
    local upto = math.min(last, (math.floor(first / SEEN_ARRAY) + 1) * SEEN_ARRAY - 1)
    redis.call('SETRANGE', key, offset, string.rep(bytes, upto - first + 1))
    first = upto + 1
  end
end

local function read_seen(prefix, index)
  local key, offset = seen_place(prefix, index)
  local bytes = redis.call('GETRANGE', key, offset, offset + 3)
  if #bytes < 4 then return SEEN_NEVER end
  return (struct.unpack('>I4', bytes))
end
