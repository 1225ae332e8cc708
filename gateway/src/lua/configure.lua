--[[
  Writes a room's settings and state from Postgres to Redis; creates the room when it does not exist. A version that is
  not newer than the stored one changes nothing, so any gateway may repeat it.

  KEYS[1] room     hash                       KEYS[2] draw    words of a lottery's draw, see number.part.lua
  KEYS[3] calls    list of "ms:count", the last 60 s
  ARGV[1] version  ARGV[2] epoch  ARGV[3] state  ARGV[4] admissions_per_minute  ARGV[5] max_active  ARGV[6] claim_ms
  ARGV[7] abandon_ms  ARGV[8] stock_factor  ARGV[9] poll_budget_rps
  ARGV[10] issued  ARGV[11] serving  ARGV[12] remaining  ARGV[13] held  ARGV[14] sold  ARGV[15] stock_version
           (10 to 15: used only when the room is created; the last four may be "": no stock signal yet)
  ARGV[16] seed of a lottery of version 1 ("": none)  ARGV[17] lottery size ("": not drawn yet)
  ARGV[18] margin: how many numbers may have been given beyond ARGV[10]; used only when the room is created again
  ARGV[19] queueing method
  ARGV[20] priority share, in thousandths of the calls
  ARGV[21] issued and ARGV[22] serving of the priority line; used only when the room is created
  ARGV[23] version of a lottery's draw, if it has its words in KEYS[2] ("": none)  ARGV[24] those words ("": not sent)
           25 to 30: used only when the room is created again
  ARGV[25] known calls, "ms:count ms:count …", by the steady clock
  ARGV[26] that clock when they were complete ("": unknown)  ARGV[27] ms since, at most  ARGV[28] Redis's clock then
  ARGV[29] and ARGV[30] the progress of each line, "ms:serving …", by Redis's clock ("": unknown)

  Returns { 2 created | 1 changed | 0 not newer, lottery size, or -1 when there is none yet }
          { 3 }  Redis has an earlier epoch, and nothing has changed: wipe it first, then call again
          { 4, size } nothing has changed: call again with the words for a draw of that size

  A lottery is drawn in the step that opens the room: everybody who has joined by then takes part. That is one write
  for a lobby of any size.
  A room that is created again has no credit, and its log starts with the known calls. For the time that is not known,
  it assumes the most calls that were possible: without any known calls, the limit of a whole minute.
]]
local room_key, draw_key, calls_key = KEYS[1], KEYS[2], KEYS[3]
local version, epoch, state, rate = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])

local WINDOW_MS = 60000

-- @include clock
-- @include limit
-- @include number

local known = redis.call('HMGET', room_key, 'version', 'state', 'rate', 'steady', 'issued', 'lottery_size', 'epoch')
local known_version, known_state, known_rate = tonumber(known[1]), known[2], tonumber(known[3])
local steady_ms = tonumber(known[4]) or now_ms
local known_epoch = tonumber(known[7])
if known_epoch and known_epoch < epoch then return { 3 } end
if known_version and (known_epoch > epoch or known_version >= version) then
  return { 0, tonumber(redis.call('HGET', room_key, 'lottery_size')) or -1 }
end

local seed, size, draw_version = ARGV[16], tonumber(ARGV[17]) or tonumber(known[6]), tonumber(ARGV[23])
if (seed ~= '' or draw_version) and not size and state == 'open' then
  local issued = tonumber(ARGV[10])
  size = tonumber(known[5]) or (issued > 0 and issued + tonumber(ARGV[18]) or 0)
end
if draw_version and size then
  local needed = draw_table_bytes(size)
  if #ARGV[24] >= needed then
    redis.call('SET', draw_key, string.sub(ARGV[24], 1, needed))
  elseif redis.call('STRLEN', draw_key) < needed then
    return { 4, size }
  end
end

-- Calls that are not recorded: as many as rate and log may have allowed since the record was complete.
local function calls_unknown(known_calls)
  local room_left = math.max(0, rate - known_calls)
  if ARGV[26] == '' then return room_left end
  local gap_ms = math.max(tonumber(ARGV[27]), now_ms - tonumber(ARGV[28]))
  return math.min(room_left, 1 + math.ceil(gap_ms * rate / 60000))
end

local function restore_calls()
  steady_ms = tonumber(ARGV[26]) or now_ms
  local window = 0
  for at, count in string.gmatch(ARGV[25], '(%d+):(%d+)') do
    if tonumber(at) >= steady_ms - WINDOW_MS then
      redis.call('RPUSH', calls_key, at .. ':' .. count)
      window = window + tonumber(count)
    end
  end
  local unknown = calls_unknown(window)
  if unknown > 0 then redis.call('RPUSH', calls_key, steady_ms .. ':' .. unknown) end
  redis.call('HSET', room_key, 'window', window + unknown, 'steady', steady_ms, 'last_tick', now_ms,
    'last_call_at', steady_ms)
  if ARGV[29] ~= '' then redis.call('HSET', room_key, 'call_points', ARGV[29]) end
  if ARGV[30] ~= '' then redis.call('HSET', room_key, 'priority_call_points', ARGV[30]) end
end

if not known_version then
  redis.call('HSET', room_key, 'issued', ARGV[10], 'serving', ARGV[11], 'credit', 0, 'window', 0,
    'liveness_grace_from', now_ms, 'tokens_known_from', now_ms, 'swept', ARGV[11], 'limit_before', 0, 'limit_changed_at', 0,
    'made_at', now_ms, 'first_issued', ARGV[10], 'first_serving', ARGV[11], 'called', 0, 'log_id', now_ms,
    'steady', steady_ms)
  -- A room that has not opened in this epoch has made no calls.
  if state ~= 'scheduled' and state ~= 'lobby' then restore_calls() end
  local issued, margin = tonumber(ARGV[10]), tonumber(ARGV[18])
  if issued > 0 then
    redis.call('HSET', room_key, 'issued', issued + margin, 'restored_at', now_ms, 'uncertain_from', issued,
      'uncertain_to', issued + margin, 'first_issued', issued + margin)
  end
  local priority_issued = tonumber(ARGV[21])
  if priority_issued > 0 then
    redis.call('HSET', room_key, 'priority_issued', priority_issued + margin, 'priority_serving', ARGV[22],
      'priority_swept', ARGV[22], 'priority_restored_at', now_ms, 'priority_uncertain_from', priority_issued,
      'priority_uncertain_to', priority_issued + margin,
      'priority_first_issued', priority_issued + margin, 'priority_first_serving', ARGV[22],
      'priority_called', ARGV[22])
  end
  if ARGV[12] ~= '' then redis.call('HSET', room_key, 'remaining', ARGV[12], 'held', ARGV[13], 'sold', ARGV[14]) end
  if ARGV[15] ~= '' then redis.call('HSET', room_key, 'stock_version', ARGV[15]) end
elseif known_rate ~= rate then
  redis.call('HSET', room_key, 'limit_before', read_limit(room_key, steady_ms), 'limit_changed_at', steady_ms)
end

-- A room that opens or resumes may call one ticket at once, and has no saved credit.
if known_version and state == 'open' and known_state ~= 'open' and known_state ~= 'draining' then
  redis.call('HSET', room_key, 'credit', 1)
end

if seed ~= '' then redis.call('HSET', room_key, 'lottery_seed', seed) end
if draw_version then redis.call('HSET', room_key, 'lottery_version', draw_version) end
if (seed ~= '' or draw_version) and size then redis.call('HSET', room_key, 'lottery_size', size) end

redis.call('HSET', room_key, 'version', version, 'epoch', epoch, 'state', state, 'rate', rate,
  'max_active', ARGV[5], 'claim_ms', ARGV[6], 'abandon_ms', ARGV[7], 'stock_factor', ARGV[8],
  'poll_budget_rps', ARGV[9], 'method', ARGV[19], 'priority_share', ARGV[20])
return { known_version and 1 or 2, size or -1 }
