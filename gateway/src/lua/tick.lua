--[[
  One admission step: ends expired tickets, calls as many tickets as rate, active cap and stock allow, sweeps abandoned
  tickets, and describes the room. Any number of gateways may call it at any time.

  KEYS[1] room     hash                       KEYS[2] gaps    sorted set: numbers whose holders have gone
  KEYS[3] called   hash: index -> record      KEYS[4] active  sorted set: index by deadline
  KEYS[5] tokens   hash: jti -> index         KEYS[6] calls   list of "ms:count", the last 60 s
  KEYS[7] ended    sorted set: index by end   KEYS[8] seen    prefix of the last-seen arrays
  KEYS[9] and KEYS[10] gaps and seen of the priority line; in called, active and ended its indexes start with "P"
  The list of calls uses the steady clock. It follows Redis's clock, but never goes back, and advances by at most one
  second between two automatic steps. So no jump of Redis's clock shortens or stretches the minute.
  KEYS[11] reminders  hash: index -> reminder; its ticket is not abandoned for silence

  ARGV[1] minimum ms between two automatic steps
  ARGV[2] tickets to admit by hand now (0: an automatic step)
  ARGV[3] most tickets to look at in one step (skipped or swept)
  ARGV[4] the gateway's epoch, ARGV[5] its highest index and ARGV[6] its highest called number of that epoch
  ARGV[7] margin above ARGV[5]  ARGV[8] and ARGV[9] the same as 5 and 6 for the priority line
  ARGV[10] id of the log of calls and ARGV[11] its latest call, as the gateway knows them (-1: it knows none)

  Returns { 1, called now, state, version, epoch, serving, waiting, active, rate, remaining, held, sold, issued,
            calls in the last 60 s, now ms, and since the room was created here, both lines together: when, joined, called,
            dropped out; issued, serving, waiting and calls of the priority line; id of the log, steady clock, serving
            of both lines before this step, and the entries of the log that the gateway does not know: "ms:count", the latest first }
            remaining, held and sold are -1 before the first stock signal
          { 2 }  this Redis has lost calls that the gateway knows; nothing was done (`merge-calls.lua`)
          { 0 }  this Redis does not know the room

  In a passthrough room, neither rate nor caps apply.
  Rate: a token bucket of one tick spreads the calls; below it a log of calls makes "calls in any 60 s <= rate" exact.
  Calls made by hand ignore the rate but are in the log. Rate, caps and log are shared by both lines. O(calls + looked
  at) a step, both bounded.
]]
local room_key, gaps_key, called_key, active_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local tokens_key, calls_key, ended_key, seen_prefix = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local reminders_key = KEYS[11]
local spacing_ms, by_hand, max_checked = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local known_epoch, known_issued, known_serving = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local margin = tonumber(ARGV[7])
local known_priority_issued, known_priority_serving = tonumber(ARGV[8]), tonumber(ARGV[9])
local known_log_id, known_call_at = tonumber(ARGV[10]), tonumber(ARGV[11])

local WINDOW_MS, CATCH_UP_MS, KEEP_ENDED_MS, STALL_MS = 60000, 1000, 3600000, 3000

-- @include clock
-- @include line
-- @include seen
-- @include limit
-- @include number
-- @include uncertain-numbers
-- @include number-rollback
-- @include reminder

local fields = redis.call('HMGET', room_key, 'state', 'version', 'epoch', 'issued', 'serving', 'rate', 'max_active',
  'claim_ms', 'abandon_ms', 'stock_factor', 'poll_budget_rps', 'credit', 'last_tick', 'window', 'remaining', 'held',
  'sold', 'liveness_grace_from', 'swept', 'priority_issued', 'priority_serving', 'priority_swept', 'priority_share', 'share_credit',
  'steady', 'log_id', 'last_call_at', 'priority_called')
local state = fields[1]
if not state then return { 0 } end
local version, epoch = tonumber(fields[2]), tonumber(fields[3])
local ordinary = {
  name = '', issued = tonumber(fields[4]), serving = tonumber(fields[5]), swept = tonumber(fields[19]),
  gaps_key = gaps_key, seen_prefix = seen_prefix }
local rate, max_active = tonumber(fields[6]), tonumber(fields[7])
local claim_ms, abandon_ms, stock_factor = tonumber(fields[8]), tonumber(fields[9]), tonumber(fields[10])
local poll_budget_rps, credit = tonumber(fields[11]), tonumber(fields[12])
local last_tick, window = tonumber(fields[13]) or now_ms, tonumber(fields[14])
local remaining, held, sold = tonumber(fields[15]), tonumber(fields[16]), tonumber(fields[17])
local liveness_grace_from = tonumber(fields[18])
-- The priority line does not exist, and costs nothing, until the first of its tickets is given.
local priority = nil
if fields[20] or known_priority_issued > 0 then
  local priority_serving = tonumber(fields[21]) or 0
  priority = {
    name = PRIORITY, issued = tonumber(fields[20]) or 0, serving = priority_serving,
    swept = tonumber(fields[22]) or priority_serving, gaps_key = KEYS[9], seen_prefix = KEYS[10] }
end
local share, share_credit = tonumber(fields[23]) or 0, tonumber(fields[24]) or 999

-- The steady clock, by which calls are counted: it advances by at most one second per step, and never goes back.
local elapsed = now_ms - last_tick
local steady_ms = (tonumber(fields[25]) or last_tick) + math.max(0, math.min(elapsed, CATCH_UP_MS))
local log_id, last_call_at = tonumber(fields[26]) or 0, tonumber(fields[27]) or 0
local priority_called = tonumber(fields[28]) or 0

-- The log entries that the gateway does not know, the latest first; nil if it knows entries that are lost here.
local function find_new_calls()
  local new_calls = {}
  if epoch ~= known_epoch or log_id > known_log_id then
    local entries = redis.call('LRANGE', calls_key, 0, -1)
    for at = #entries, 1, -1 do new_calls[#new_calls + 1] = entries[at] end
    return new_calls
  end
  if log_id < known_log_id then return nil end
  if last_call_at == known_call_at then return new_calls end
  local at = nil
  repeat
    local entry = redis.call('LINDEX', calls_key, -1 - #new_calls)
    at = entry and tonumber(string.match(entry, '^(%d+)'))
    if at and at > known_call_at then new_calls[#new_calls + 1] = entry end
  until not at or at <= known_call_at
  local is_lost = at ~= known_call_at and known_call_at > steady_ms - WINDOW_MS
  return not is_lost and new_calls or nil
end
local new_calls = find_new_calls()
if not new_calls then return { 2 } end

local function continue_above_marks(line, line_known_issued, line_known_serving)
  if line.issued >= line_known_issued and line.serving >= line_known_serving then return end
  line.issued = beyond_rolled_back_numbers(
    room_key, line.name, line.issued, math.max(line_known_issued, line.issued + 1), margin, now_ms)
  line.serving = math.max(line.serving, line_known_serving)
  redis.call('HSET', room_key, line.name .. 'serving', line.serving)
end
if epoch == known_epoch then
  continue_above_marks(ordinary, known_issued, known_serving)
  if priority then continue_above_marks(priority, known_priority_issued, known_priority_serving) end
end

-- Sold out follows from the stock figures and is not a transition, so returned stock reopens the room.
local function shown_state()
  if state == 'open' and remaining == 0 and held == 0 then return 'sold_out' end
  return state
end

local function waiting_in(line)
  return line.issued - line.serving - redis.call('ZCARD', line.gaps_key)
end

local serving_before, priority_before = ordinary.serving, priority and priority.serving or 0
local function describe(called_now)
  -- Counted for both lines together, as calls are.
  local since = redis.call('HMGET', room_key, 'made_at', 'first_issued', 'first_serving', 'called', 'priority_first_issued',
    'priority_first_serving')
  local made_at, called = tonumber(since[1]) or 0, tonumber(since[4]) or 0
  local waiting = waiting_in(ordinary)
  local joined = ordinary.issued - (tonumber(since[2]) or 0)
  local dropped = ordinary.issued - waiting - called - (tonumber(since[3]) or 0)
  local priority_issued, priority_serving, priority_waiting = 0, 0, 0
  if priority then
    priority_issued, priority_serving, priority_waiting = priority.issued, priority.serving, waiting_in(priority)
    joined = joined + priority_issued - (tonumber(since[5]) or 0)
    dropped = dropped + priority_issued - priority_waiting - (tonumber(since[6]) or 0)
  end
  local answer = { 1, called_now, shown_state(), version, epoch, ordinary.serving, waiting, redis.call('ZCARD', active_key), rate,
    remaining or -1, held or -1, sold or -1, ordinary.issued, window, now_ms, made_at, joined, called, dropped,
    priority_issued, priority_serving, priority_waiting, priority_called, log_id, steady_ms,
    serving_before, priority_before }
  for _, entry in ipairs(new_calls) do answer[#answer + 1] = entry end
  return answer
end

if by_hand == 0 and elapsed >= 0 and elapsed < spacing_ms and fields[13] then return describe(0) end

-- While no gateway ticked, holders could perhaps not reach one. Silence in that time expires no ticket.
if elapsed > STALL_MS then liveness_grace_from = now_ms end

local function end_expired()
  for _, index in ipairs(redis.call('ZRANGEBYSCORE', active_key, '-inf', '(' .. now_ms, 'LIMIT', 0, 200)) do
    local json = redis.call('HGET', called_key, index)
    local jti = json and cjson.decode(json).jti
    if jti then redis.call('HDEL', tokens_key, jti) end
    redis.call('HDEL', called_key, index)
    redis.call('HDEL', reminders_key, index)
    redis.call('ZREM', active_key, index)
  end
  for _, index in ipairs(redis.call('ZRANGEBYSCORE', ended_key, '-inf', now_ms - KEEP_ENDED_MS, 'LIMIT', 0, 50)) do
    redis.call('HDEL', called_key, index)
    redis.call('HDEL', reminders_key, index)
    redis.call('ZREM', ended_key, index)
  end
end

-- When Redis's clock went back, move the deadlines of calls back by the same time.
local function move_deadlines_back()
  if elapsed > -1000 then return end
  for _, member in ipairs(redis.call('ZRANGE', active_key, 0, max_checked - 1)) do
    local json = redis.call('HGET', called_key, member)
    local record = json and cjson.decode(json)
    if record and record.state == 'called' then
      record.deadline = record.deadline + elapsed
      redis.call('HSET', called_key, member, cjson.encode(record))
      redis.call('ZADD', active_key, record.deadline, member)
    end
  end
end

local function drop_old_calls()
  local oldest = redis.call('LINDEX', calls_key, 0)
  while oldest do
    local at, count = string.match(oldest, '^(%d+):(%d+)$')
    if tonumber(at) >= steady_ms - WINDOW_MS then return end
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

-- With many waiters the poll interval is long. A ticket is abandoned only after it missed several polls.
local waiting_estimate = ordinary.issued - ordinary.serving
if priority then waiting_estimate = waiting_estimate + priority.issued - priority.serving end
local abandon_after_ms = math.max(abandon_ms, 5000 * waiting_estimate / poll_budget_rps)

-- The holder of a ticket with a reminder need not poll until the mail was sent and the turn has come.
local function is_gone(line, index, seen)
  if seen == SEEN_LEFT or seen == SEEN_REVOKED then return true end
  if now_ms - math.max(seen * 1000, liveness_grace_from) <= abandon_after_ms then return false end
  return not keeps_place(reminders_key, letter_of(line.name) .. index)
end

local lottery, undrawn = read_lottery(room_key)
ordinary.lottery, ordinary.restored = lottery, read_restored(room_key, '')
if priority then priority.restored = read_restored(room_key, PRIORITY) end
local checked = 0

-- Skips tickets whose holders have gone, up to the next ticket that can be called. Second result: whether some tickets
-- were not checked because of the limit of this step.
local function next_of(line)
  while line and line.serving < line.issued do
    if checked >= max_checked then return nil, true end
    local number = line.serving + 1
    local index = index_of(number, line.lottery)
    local seen = read_seen(line.seen_prefix, index)
    local gone = redis.call('ZREM', line.gaps_key, number) == 1 or is_gone(line, index, seen) or is_uncertain(line.restored, index, seen)
    if not gone then return index, false end
    line.serving = number
    checked = checked + 1
  end
  return nil, false
end

local function call(line, index)
  line.serving = line.serving + 1
  checked = checked + 1
  local deadline, member = now_ms + claim_ms, letter_of(line.name) .. index
  redis.call('HSET', called_key, member, cjson.encode({
    state = 'called', number = line.serving, called_at = now_ms, deadline = deadline }))
  redis.call('ZADD', active_key, deadline, member)
end

-- Calls that Redis lost before they expired come before new calls.
local function call_lost(allowed)
  if allowed < 1 or not (ordinary.restored or priority and priority.restored) then return 0 end
  local recalls_key, called_now = recalls_key_of(room_key), 0
  local waiting = redis.call('ZRANGE', recalls_key, 0, math.min(allowed, max_checked) - 1, 'WITHSCORES')
  for at = 1, #waiting, 2 do
    local member, number = waiting[at], tonumber(waiting[at + 1])
    local prefix = string.sub(member, 1, 1) == 'P' and KEYS[10] or seen_prefix
    local seen = read_seen(prefix, tonumber((string.gsub(member, 'P', ''))))
    redis.call('ZREM', recalls_key, member)
    if seen ~= SEEN_LEFT and seen ~= SEEN_REVOKED and redis.call('HEXISTS', called_key, member) == 0 then
      local deadline = now_ms + claim_ms
      redis.call('HSET', called_key, member, cjson.encode({
        state = 'called', number = number, called_at = now_ms, deadline = deadline }))
      redis.call('ZADD', active_key, deadline, member)
      called_now = called_now + 1
    end
  end
  return called_now
end

-- Every call adds the priority line's share to its credit. Unused credit is kept up to just under one call. So of n
-- calls in a row for which both lines had somebody, it gets n times its share, rounded up or down. Whole thousandths
-- keep this exact.
local function call_next(allowed)
  local called_now = 0
  while called_now < allowed and checked < max_checked do
    local next_ordinary, ordinary_unknown = next_of(ordinary)
    local next_priority = next_of(priority)
    if ordinary_unknown or not (next_ordinary or next_priority) then break end
    share_credit = share_credit + share
    if next_priority and (share_credit >= 1000 or not next_ordinary) then
      share_credit = math.max(share_credit - 1000, 0)
      call(priority, next_priority)
      priority_called = priority_called + 1
    else
      share_credit = math.min(share_credit, 999)
      call(ordinary, next_ordinary)
    end
    called_now = called_now + 1
  end
  return called_now
end

-- Finds abandoned tickets before their turn, so that "ahead" counts only live ones. Each step continues where the last
-- one stopped.
local function sweep_gone(line)
  local start = line.lottery and 0 or line.serving
  if line.swept < start or line.swept >= line.issued then line.swept = start end
  local first = line.swept + 1
  local last = math.min(line.issued, first + max_checked - 1, (math.floor(first / SEEN_ARRAY) + 1) * SEEN_ARRAY - 1)
  if first > last then return end
  local key, offset = seen_place(line.seen_prefix, first)
  local bytes = redis.call('GETRANGE', key, offset, offset + (last - first + 1) * 4 - 1)
  for index = first, last do
    local at = (index - first) * 4 + 1
    local seen = at + 3 <= #bytes and struct.unpack('>I4', bytes, at) or SEEN_NEVER
    if is_gone(line, index, seen) then
      local number = number_of(index, line.lottery)
      if number > line.serving then redis.call('ZADD', line.gaps_key, number, number) end
    end
  end
  line.swept = last
end

move_deadlines_back()
end_expired()
drop_old_calls()

local called_now = 0
if state == 'open' or state == 'draining' then
  local allowed
  if redis.call('HGET', room_key, 'method') == 'passthrough' then
    allowed = max_checked
  elseif by_hand > 0 then
    allowed = math.min(by_hand, free_slots())
  else
    credit = credit + math.max(0, math.min(elapsed, CATCH_UP_MS)) * rate / 60000
    local allowance = math.min(math.floor(credit), math.floor(read_limit(room_key, steady_ms)) - window)
    allowed = math.min(allowance, free_slots())
  end
  local called_again = call_lost(allowed)
  local called_first = call_next(allowed - called_again)
  called_now = called_again + called_first
  if called_now > 0 then
    -- Each entry has its own time, so that a gateway can tell by it which entries it has.
    last_call_at = math.max(steady_ms, last_call_at + 1)
    local entry = last_call_at .. ':' .. called_now
    redis.call('RPUSH', calls_key, entry)
    redis.call('HSET', room_key, 'last_call_at', last_call_at)
    table.insert(new_calls, 1, entry)
    window = window + called_now
    redis.call('HINCRBY', room_key, 'called', called_first)
  end
  if by_hand == 0 then
    -- Unused credit is not saved, except the fraction of a call and one tick.
    credit = math.min(credit - called_now, 1 + spacing_ms * rate / 60000)
  end
end
if state ~= 'closed' and not undrawn then sweep_gone(ordinary) end
if state ~= 'closed' and priority then sweep_gone(priority) end

redis.call('HSET', room_key, 'serving', ordinary.serving, 'credit', tostring(credit), 'window', window,
  'liveness_grace_from', liveness_grace_from, 'swept', ordinary.swept)
if priority then
  redis.call('HSET', room_key, 'priority_serving', priority.serving, 'priority_swept', priority.swept,
    'share_credit', share_credit, 'priority_called', priority_called)
end
if by_hand == 0 then redis.call('HSET', room_key, 'last_tick', now_ms, 'steady', steady_ms) end
return describe(called_now)
