-- Converts an arrival index to its number and back. They are equal except in the lobby of a lottery. There the
-- committed seed permutes 1…size by a Feistel network with cycle walking, so that opening a lobby writes as little for
-- a million as for ten. docs/fairness.md has the algorithm; version 1 is for older rooms.
local byte, bxor, band = string.byte, bit.bxor, bit.band
local DRAW_ROUNDS, DRAW_ROW, DRAW_HEADER, SMALL_TABLE, FEW_WORDS = 16, 32, 2, 2048, 64

local function feistel_round(seed, round, half, half_size)
  local digest = redis.sha1hex(seed .. ':' .. round .. ':' .. half)
  return tonumber(string.sub(digest, 1, 8), 16) % half_size
end

local function permute_first(value, lottery, backwards)
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

-- The gateway that opened the room hashed the words of all rounds (`lottery/table.ts`). A large table is first read
-- word by word; after about 60 words it is read as a whole, which costs the same.
local function draw_word(lottery, round, half)
  local at = DRAW_HEADER + half * DRAW_ROW + round * 2
  if not lottery.table then
    lottery.words_left = lottery.words_left - 1
    if lottery.words_left >= 0 then
      local high, low = byte(redis.call('GETRANGE', lottery.draw_key, at, at + 1), 1, 2)
      return high * 256 + low
    end
    lottery.table = redis.call('GET', lottery.draw_key)
  end
  local high, low = byte(lottery.table, at + 1, at + 2)
  return high * 256 + low
end

local function change_first_two(value, lottery)
  if value > 1 then return value end
  if lottery.swap == nil then lottery.swap = byte(redis.call('GETRANGE', lottery.draw_key, 1, 1)) == 1 end
  return lottery.swap and 1 - value or value
end

local function permute_second(value, lottery, backwards)
  local width, left_mask, right_mask = lottery.width, lottery.left_mask, lottery.right_mask
  local first, last, by = 0, DRAW_ROUNDS - 1, 1
  if backwards then first, last, by = last, first, -1 else value = change_first_two(value, lottery) end
  repeat
    local left, right = math.floor(value / width), value % width
    for round = first, last, by do
      if round % 2 == 0 then
        left = bxor(left, band(draw_word(lottery, round, right), left_mask))
      else
        right = bxor(right, band(draw_word(lottery, round, left), right_mask))
      end
    end
    value = left * width + right
  until value < lottery.size
  return backwards and change_first_two(value, lottery) or value
end

-- Bits of the left and of the right half for a size, as in `lottery/version-2.ts`.
local function halves_for(size)
  local bits = 6
  while 2 ^ bits < size do bits = bits + 1 end
  local left = math.floor(bits / 2)
  return left, bits - left
end

local function draw_table_bytes(size)
  local _, right = halves_for(size)
  return DRAW_HEADER + 2 ^ right * DRAW_ROW
end

-- The lottery of a room; nil where numbers follow arrival. Second result: whether its numbers are not drawn yet.
local function read_lottery(room_key)
  local set = redis.call('HMGET', room_key, 'lottery_seed', 'lottery_size', 'lottery_version')
  local seed, size, version = set[1], tonumber(set[2]), tonumber(set[3])
  if not (seed or version) then return nil, false end
  if not size then return nil, true end
  if size < 2 then return nil, false end
  if version then
    local left, right = halves_for(size)
    -- "…:room" and "…:draw" are keys of one room.
    return { size = size, permute = permute_second, draw_key = string.sub(room_key, 1, -5) .. 'draw', width = 2 ^ right,
      left_mask = 2 ^ left - 1, right_mask = 2 ^ right - 1,
      words_left = draw_table_bytes(size) > SMALL_TABLE and FEW_WORDS or 0 }, false
  end
  local half_size = 2
  while half_size * half_size < size do half_size = half_size * 2 end
  return { seed = seed, size = size, half_size = half_size, permute = permute_first }, false
end

local function number_of(index, lottery)
  if not lottery or index > lottery.size then return index end
  return lottery.permute(index - 1, lottery, false) + 1
end

local function index_of(number, lottery)
  if not lottery or number > lottery.size then return number end
  return lottery.permute(number - 1, lottery, true) + 1
end
