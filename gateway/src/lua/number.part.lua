-- From arrival index to number and back. They are the same, but for the lobby of a lottery: there the seed, committed to
-- before, permutes 1…size. A Feistel network of four rounds over the next power of four, walked until it falls into
-- the range (fewer than four steps on average), so that opening a lobby of any size writes nothing but seed and size.
local function feistel_round(seed, round, half, half_size)
  local digest = redis.sha1hex(seed .. ':' .. round .. ':' .. half)
  return tonumber(string.sub(digest, 1, 8), 16) % half_size
end

local function permute(value, lottery, backwards)
  local half_size = lottery.half_size
  repeat
    local left, right = math.floor(value / half_size), value % half_size
    for step = 0, 3 do
      if backwards then
        left, right = (right - feistel_round(lottery.seed, 3 - step, left, half_size)) % half_size, left
      else
        left, right = right, (left + feistel_round(lottery.seed, step, right, half_size)) % half_size
      end
    end
    value = left * half_size + right
  until value < lottery.size
  return value
end

-- The lottery of a room; nil where numbers follow arrival. Second: whether its numbers are still to be drawn.
local function read_lottery(room_key)
  local set = redis.call('HMGET', room_key, 'lottery_seed', 'lottery_size')
  local seed, size = set[1], tonumber(set[2])
  if not seed then return nil, false end
  if not size then return nil, true end
  if size < 2 then return nil, false end
  local half_size = 2
  while half_size * half_size < size do half_size = half_size * 2 end
  return { seed = seed, size = size, half_size = half_size }, false
end

local function number_of(index, lottery)
  if not lottery or index > lottery.size then return index end
  return permute(index - 1, lottery, false) + 1
end

local function index_of(number, lottery)
  if not lottery or number > lottery.size then return number end
  return permute(number - 1, lottery, true) + 1
end
