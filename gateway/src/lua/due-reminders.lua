--[[
  Leases the due reminders of one line to a gateway. A reminder that is not acknowledged in time is leased again, so each
  is due once for any number of gateways. In the set of a distance the due ones come first, because a higher number never
  has fewer live tickets ahead. So the script reads only due reminders, and one more of each distance.

  KEYS[1] room       hash                        KEYS[2] gaps       sorted set of the line
  KEYS[3] called     hash: ticket -> record      KEYS[4] seen       prefix of the line's last-seen arrays
  KEYS[5] reminders  hash: ticket -> reminder    KEYS[6] mailboxes  hash: mailbox -> mails it had, or -1
  KEYS[7] undrawn    sorted set: index by index  KEYS[8] taken      sorted set: ticket by end of lease
  KEYS[9] at         prefix of the sorted sets: index by number

  ARGV[1] line: "" or "priority_"  ARGV[2] epoch  ARGV[3] lease, ms  ARGV[4] most reminders at once
  ARGV[5] most mails for a mailbox  ARGV[6] how many acknowledged tickets follow; then these; then for each distance two:
  its name, and how many live tickets may be ahead of a due one

  Returns { 1, then for each reminder two: ticket, sealed contents }
          { 0 }  this Redis does not know the room, or knows it in another epoch
  O((acknowledged + leased + distances) × log n), all bounded.
]]
local room_key, gaps_key, called_key, seen_prefix, reminders_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local mailboxes_key, undrawn_key, taken_key, at_prefix = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local line, epoch, lease_ms, limit = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local max_mails, acknowledged = tonumber(ARGV[5]), tonumber(ARGV[6])
local FIRST_ACKNOWLEDGED = 7
local FIRST_DISTANCE = FIRST_ACKNOWLEDGED + acknowledged

-- @include clock
-- @include line
-- @include seen
-- @include number
-- @include reminder

local room = redis.call('HMGET', room_key, 'epoch', 'state', line .. 'serving', 'remaining')
if tonumber(room[1]) ~= epoch then return { 0 } end
local state, serving, remaining = room[2], tonumber(room[3]) or 0, tonumber(room[4])
local letter = letter_of(line)
local lottery, undrawn = nil, false
if line ~= PRIORITY then lottery, undrawn = read_lottery(room_key) end

for at = FIRST_ACKNOWLEDGED, FIRST_DISTANCE - 1 do
  local reminder = read_reminder(reminders_key, ARGV[at])
  redis.call('ZREM', taken_key, ARGV[at])
  if reminder then
    reminder.sealed = ''
    write_reminder(reminders_key, ARGV[at], reminder)
  end
end

local answer = { 1 }
local function lease(member, reminder)
  redis.call('ZADD', taken_key, now_ms + lease_ms, member)
  answer[#answer + 1] = member
  answer[#answer + 1] = reminder.sealed
end

-- Both lines share it, so it runs with the first of them.
local function lease_again()
  if line == PRIORITY then return end
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', taken_key, '-inf', now_ms, 'LIMIT', 0, limit)) do
    local reminder = read_reminder(reminders_key, member)
    if reminder and reminder.state == REMINDER_SENT then
      lease(member, reminder)
    else
      redis.call('ZREM', taken_key, member)
    end
  end
end

local function index_drawn()
  if undrawn or not lottery then return end
  for _, index in ipairs(redis.call('ZRANGE', undrawn_key, 0, limit - 1)) do
    local reminder = read_reminder(reminders_key, index)
    if reminder and reminder.state == REMINDER_SET then
      redis.call('ZADD', at_prefix .. reminder.distance, number_of(tonumber(index), lottery), index)
    end
    redis.call('ZREM', undrawn_key, index)
  end
end

-- Whether the turn of a ticket is still to come, or has come and can be claimed.
local function has_turn_ahead(member, index, number)
  local json = redis.call('HGET', called_key, member)
  if json then
    local record = cjson.decode(json)
    return record.state == 'called' and record.deadline >= now_ms
  end
  local seen = read_seen(seen_prefix, index)
  if seen == SEEN_LEFT or seen == SEEN_REVOKED then return false end
  return number > serving and not redis.call('ZSCORE', gaps_key, number)
end

local checked = 0
local function lease_due(distance, max_ahead)
  local key = at_prefix .. line .. distance
  while checked < limit do
    local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
    if not first[1] then return end
    local index, number = tonumber(first[1]), tonumber(first[2])
    local ahead = number - 1 - serving - redis.call('ZCOUNT', gaps_key, '-inf', '(' .. number)
    if ahead > max_ahead then return end
    redis.call('ZREM', key, first[1])
    checked = checked + 1
    local member = letter .. index
    local reminder = read_reminder(reminders_key, member)
    if reminder and reminder.state == REMINDER_SET then
      local mails = tonumber(redis.call('HGET', mailboxes_key, reminder.mailbox)) or 0
      if mails == UNWANTED or mails >= max_mails or not has_turn_ahead(member, index, number) then
        redis.call('HDEL', reminders_key, member)
      else
        redis.call('HSET', mailboxes_key, reminder.mailbox, mails + 1)
        reminder.state = REMINDER_SENT
        write_reminder(reminders_key, member, reminder)
        lease(member, reminder)
      end
    end
  end
end

lease_again()
index_drawn()
-- Only an open room with remaining stock calls tickets, so only there a turn can be near.
if (state == 'open' or state == 'draining') and not undrawn and remaining ~= 0 then
  for at = FIRST_DISTANCE, #ARGV, 2 do lease_due(ARGV[at], tonumber(ARGV[at + 1])) end
end
return answer
