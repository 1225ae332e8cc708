--[[
  Puts a room's settings and state, as Postgres has them, into Redis; makes the room when it is not there. A version
  that is not newer than the known one changes nothing, so any gateway may repeat it.

  KEYS[1] room     hash
  ARGV[1] version  ARGV[2] epoch  ARGV[3] state  ARGV[4] admissions_per_minute  ARGV[5] max_active  ARGV[6] claim_ms
  ARGV[7] abandon_ms  ARGV[8] stock_factor  ARGV[9] poll_budget_rps
  ARGV[10] issued  ARGV[11] serving  ARGV[12] remaining  ARGV[13] held  ARGV[14] sold  ARGV[15] stock_version
           (10 to 15: used only when the room is made; the last four may be "" for "the shop never said")
  ARGV[16] lottery seed ("": none)  ARGV[17] lottery size ("": not drawn yet)
  ARGV[18] margin: how many numbers may have been given beyond ARGV[10]; used only when the room is made again
  ARGV[19] queueing method
  ARGV[20] priority share, in thousandths of the calls
  ARGV[21] issued and ARGV[22] serving of the priority line; used only when the room is made

  Returns { 2 made | 1 changed | 0 nothing newer, lottery size, or -1 when there is none yet }
          { 3 }  what is here is of an earlier epoch, and nothing has changed: it must be wiped first, then ask again

  A lottery is drawn in the step that opens the room: everybody who has joined by then takes part. That is one write,
  whatever the size of the lobby.
]]
local room_key = KEYS[1]
local version, epoch, state, rate = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])

-- @include clock
-- @include limit

local known = redis.call('HMGET', room_key, 'version', 'state', 'rate', 'epoch')
local known_version, known_state, known_rate = tonumber(known[1]), known[2], tonumber(known[3])
local known_epoch = tonumber(known[4])
if known_epoch and known_epoch < epoch then return { 3 } end
if known_version and (known_epoch > epoch or known_version >= version) then
  return { 0, tonumber(redis.call('HGET', room_key, 'lottery_size')) or -1 }
end

if not known_version then
  redis.call('HSET', room_key, 'issued', ARGV[10], 'serving', ARGV[11], 'credit', 0, 'window', 0,
    'amnesty_at', now_ms, 'tokens_known_from', now_ms, 'swept', ARGV[11], 'limit_before', 0, 'limit_changed_at', 0, 'made_at', now_ms,
    'first_issued', ARGV[10], 'first_serving', ARGV[11], 'called', 0)
  local issued, margin = tonumber(ARGV[10]), tonumber(ARGV[18])
  if issued > 0 then
    redis.call('HSET', room_key, 'issued', issued + margin, 'restored_at', now_ms, 'unsure_after', issued,
      'unsure_to', issued + margin, 'first_issued', issued + margin)
  end
  local priority_issued = tonumber(ARGV[21])
  if priority_issued > 0 then
    redis.call('HSET', room_key, 'priority_issued', priority_issued + margin, 'priority_serving', ARGV[22],
      'priority_swept', ARGV[22], 'priority_restored_at', now_ms, 'priority_unsure_after', priority_issued,
      'priority_unsure_to', priority_issued + margin,
      'priority_first_issued', priority_issued + margin, 'priority_first_serving', ARGV[22])
  end
  if ARGV[12] ~= '' then redis.call('HSET', room_key, 'remaining', ARGV[12], 'held', ARGV[13], 'sold', ARGV[14]) end
  if ARGV[15] ~= '' then redis.call('HSET', room_key, 'stock_version', ARGV[15]) end
elseif known_rate ~= rate then
  redis.call('HSET', room_key, 'limit_before', read_limit(room_key, now_ms), 'limit_changed_at', now_ms)
end

-- A room that opens or goes on may call one ticket at once, and has saved nothing up.
if state == 'open' and known_state ~= 'open' and known_state ~= 'draining' then
  redis.call('HSET', room_key, 'credit', 1)
end

local seed, size = ARGV[16], tonumber(ARGV[17])
if seed ~= '' then
  redis.call('HSET', room_key, 'lottery_seed', seed)
  size = size or tonumber(redis.call('HGET', room_key, 'lottery_size'))
  if not size and state == 'open' then size = tonumber(redis.call('HGET', room_key, 'issued')) end
  if size then redis.call('HSET', room_key, 'lottery_size', size) end
end

redis.call('HSET', room_key, 'version', version, 'epoch', epoch, 'state', state, 'rate', rate,
  'max_active', ARGV[5], 'claim_ms', ARGV[6], 'abandon_ms', ARGV[7], 'stock_factor', ARGV[8],
  'poll_budget_rps', ARGV[9], 'method', ARGV[19], 'priority_share', ARGV[20])
return { known_version and 1 or 2, size or -1 }
