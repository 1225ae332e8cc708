--[[
  One step of admission: ends what ran out, calls as many tickets as rate, active cap and stock allow, sweeps abandoned
  tickets, and describes the room. Any number of gateways may call it as often as they like.

  KEYS[1] room     hash                       KEYS[2] gaps    sorted set: numbers whose holders have gone
  KEYS[3] called   hash: index -> record      KEYS[4] active  sorted set: index by deadline
  KEYS[5] tokens   hash: jti -> index         KEYS[6] calls   list of "ms:count", the last 60 s
  KEYS[7] ended    sorted set: index by end   KEYS[8] seen    prefix of the last-seen arrays

  ARGV[1] least ms between two automatic steps
  ARGV[2] tickets to admit by hand now (0: an automatic step)
  ARGV[3] most tickets looked at in one step (passed over or swept)
  ARGV[4] epoch that the gateway knows  ARGV[5] highest index and ARGV[6] highest number called that it remembers of it
  ARGV[7] margin beyond ARGV[5]

  Returns { 1, called now, state, version, epoch, serving, waiting, active, rate, remaining, held, sold, issued,
            calls in the last 60 s, now ms, and since the room was made here: when, joined, called, dropped out }
            remaining, held and sold are -1 when the shop never said
          { 0 }  this Redis does not know the room

  Rate: a token bucket of one tick sets the pace; beneath it a log of calls makes "calls in any 60 s <= rate" exact.
  Calls made by hand ignore the rate but are in the log. O(calls + looked at) a step, both bounded.
]]
local room_key, gaps_key, called_key, active_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local tokens_key, calls_key, ended_key, seen_prefix = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local spacing_ms, by_hand, look_limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local known_epoch, known_issued, known_serving = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local margin = tonumber(ARGV[7])

local WINDOW_MS, CATCH_UP_MS, KEEP_ENDED_MS, STALL_MS = 60000, 1000, 3600000, 3000

-- @include clock
-- @include seen
-- @include limit
-- @include number
-- @include restored
-- @include rollback

local fields = redis.call('HMGET', room_key, 'state', 'version', 'epoch', 'issued', 'serving', 'rate', 'max_active',
  'claim_ms', 'abandon_ms', 'stock_factor', 'poll_budget_rps', 'credit', 'last_tick', 'window', 'remaining', 'held',
  'sold', 'amnesty_at', 'swept')
local state = fields[1]
if not state then return { 0 } end
local version, epoch = tonumber(fields[2]), tonumber(fields[3])
local issued, serving = tonumber(fields[4]), tonumber(fields[5])
local rate, max_active = tonumber(fields[6]), tonumber(fields[7])
local claim_ms, abandon_ms, stock_factor = tonumber(fields[8]), tonumber(fields[9]), tonumber(fields[10])
local poll_budget_rps, credit = tonumber(fields[11]), tonumber(fields[12])
local last_tick, window = tonumber(fields[13]) or now_ms, tonumber(fields[14])
local remaining, held, sold = tonumber(fields[15]), tonumber(fields[16]), tonumber(fields[17])
local amnesty_at, swept = tonumber(fields[18]), tonumber(fields[19])

if epoch == known_epoch and (issued < known_issued or serving < known_serving) then
  issued = beyond_rollback(room_key, issued, math.max(known_issued, issued + 1), margin, now_ms)
  serving = math.max(serving, known_serving)
  redis.call('HSET', room_key, 'serving', serving)
end

-- Sold out is what the figures say, not a step that somebody takes: stock that returns reopens the room by itself.
local function shown_state()
  if state == 'open' and remaining == 0 and held == 0 then return 'sold_out' end
  return state
end

local function describe(called_now)
  local since = redis.call('HMGET', room_key, 'made_at', 'first_issued', 'first_serving', 'called')
  local made_at, first_issued = tonumber(since[1]) or 0, tonumber(since[2]) or 0
  local first_serving, called = tonumber(since[3]) or 0, tonumber(since[4]) or 0
  local waiting = issued - serving - redis.call('ZCARD', gaps_key)
  return { 1, called_now, shown_state(), version, epoch, serving, waiting, redis.call('ZCARD', active_key), rate,
    remaining or -1, held or -1, sold or -1, issued, window, now_ms, made_at, issued - first_issued, called,
    issued - waiting - called - first_serving }
end

local elapsed = now_ms - last_tick
if by_hand == 0 and elapsed >= 0 and elapsed < spacing_ms and fields[13] then return describe(0) end

-- While nobody ticked, nobody could be heard: silence in that time is ours and expires no ticket.
if elapsed > STALL_MS then amnesty_at = now_ms end

local function end_what_ran_out()
  for _, index in ipairs(redis.call('ZRANGEBYSCORE', active_key, '-inf', '(' .. now_ms, 'LIMIT', 0, 200)) do
    local json = redis.call('HGET', called_key, index)
    local jti = json and cjson.decode(json).jti
    if jti then redis.call('HDEL', tokens_key, jti) end
    redis.call('HDEL', called_key, index)
    redis.call('ZREM', active_key, index)
  end
  for _, index in ipairs(redis.call('ZRANGEBYSCORE', ended_key, '-inf', now_ms - KEEP_ENDED_MS, 'LIMIT', 0, 50)) do
    redis.call('HDEL', called_key, index)
    redis.call('ZREM', ended_key, index)
  end
end

local function forget_old_calls()
  local oldest = redis.call('LINDEX', calls_key, 0)
  while oldest do
    local at, count = string.match(oldest, '^(%d+):(%d+)$')
    if tonumber(at) >= now_ms - WINDOW_MS then return end
    window = window - tonumber(count)
    redis.call('LPOP', calls_key)
    oldest = redis.call('LINDEX', calls_key, 0)
  end
end

local function free_slots()
  local cap = max_active
  if remaining then cap = math.min(cap, math.floor(remaining * stock_factor)) end
  return cap - redis.call('ZCARD', active_key)
end

-- Waiters are told to ask seldom when they are many; a ticket is abandoned only when it missed several such turns.
local waiting_estimate = issued - serving
local patience_ms = math.max(abandon_ms, 3000 * waiting_estimate / poll_budget_rps)

local function is_gone(seen)
  return seen == SEEN_LEFT or now_ms - math.max(seen * 1000, amnesty_at) > patience_ms
end

local lottery, undrawn = read_lottery(room_key)
local restored = read_restored(room_key)

local function call_next(wanted)
  local called_now, looked_at = 0, 0
  while called_now < wanted and serving < issued and looked_at < look_limit do
    serving = serving + 1
    looked_at = looked_at + 1
    local number, index = serving, index_of(serving, lottery)
    local seen = read_seen(seen_prefix, index)
    local gone = redis.call('ZREM', gaps_key, number) == 1 or is_gone(seen) or is_unsure(restored, index, seen)
    if not gone then
      local deadline = now_ms + claim_ms
      redis.call('HSET', called_key, index, cjson.encode({
        state = 'called', number = number, called_at = now_ms, deadline = deadline }))
      redis.call('ZADD', active_key, deadline, index)
      called_now = called_now + 1
    end
  end
  return called_now
end

-- Finds those who have gone before their turn comes, so that "ahead" counts the living. Goes round and round.
local function sweep_gone()
  local start = lottery and 0 or serving
  if swept < start or swept >= issued then swept = start end
  local first = swept + 1
  local last = math.min(issued, first + look_limit - 1, (math.floor(first / SEEN_ARRAY) + 1) * SEEN_ARRAY - 1)
  if first > last then return end
  local key, offset = seen_place(seen_prefix, first)
  local bytes = redis.call('GETRANGE', key, offset, offset + (last - first + 1) * 4 - 1)
  for index = first, last do
    local at = (index - first) * 4 + 1
    local seen = at + 3 <= #bytes and struct.unpack('>I4', bytes, at) or SEEN_NEVER
    if is_gone(seen) then
      local number = number_of(index, lottery)
      if number > serving then redis.call('ZADD', gaps_key, number, number) end
    end
  end
  swept = last
end

end_what_ran_out()
forget_old_calls()

local called_now = 0
if state == 'open' or state == 'draining' then
  local wanted
  if by_hand > 0 then
    wanted = math.min(by_hand, free_slots())
  else
    credit = credit + math.max(0, math.min(elapsed, CATCH_UP_MS)) * rate / 60000
    local allowance = math.min(math.floor(credit), math.floor(read_limit(room_key, now_ms)) - window)
    wanted = math.min(allowance, free_slots())
  end
  called_now = call_next(wanted)
  if called_now > 0 then
    redis.call('RPUSH', calls_key, now_ms .. ':' .. called_now)
    window = window + called_now
    redis.call('HINCRBY', room_key, 'called', called_now)
  end
  if by_hand == 0 then
    -- What could not be used now is not saved up for later, but for the fraction of a call and one tick.
    credit = math.min(credit - called_now, 1 + spacing_ms * rate / 60000)
  end
end
if state ~= 'closed' and not undrawn then sweep_gone() end

redis.call('HSET', room_key, 'serving', serving, 'credit', tostring(credit), 'window', window, 'amnesty_at', amnesty_at,
  'swept', swept)
if by_hand == 0 then redis.call('HSET', room_key, 'last_tick', now_ms) end
return describe(called_now)
