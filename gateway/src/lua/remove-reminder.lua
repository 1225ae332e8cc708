--[[
  Removes a ticket's reminder; from now on its place needs heartbeats again. Idempotent.

  KEYS[1] room       hash                        KEYS[2] seen       prefix of the last-seen arrays
  KEYS[3] reminders  hash: ticket -> reminder    KEYS[4] mailboxes  hash: mailbox -> mails it had, or -1
  KEYS[5] undrawn    sorted set: index by index  KEYS[6] at         prefix of the sorted sets: index by number
  KEYS[7] taken      sorted set: ticket by end of the lease of its reminder

  ARGV[1] arrival index  ARGV[2] epoch of the ticket  ARGV[3] line: "" or "priority_"
  ARGV[4] "" when the ticket's holder asks; the keyed hash of a mailbox whose owner unsubscribes from this room

  Returns { 1 }, and { 0 } when this Redis does not know the room. O(log reminders).
]]
local room_key, seen_prefix, reminders_key, mailboxes_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local undrawn_key, at_prefix, taken_key = KEYS[5], KEYS[6], KEYS[7]
local index, epoch, line, mailbox = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], ARGV[4]

-- @include clock
-- @include line
-- @include seen
-- @include reminder

local room_epoch = tonumber(redis.call('HGET', room_key, 'epoch'))
if not room_epoch then return { 0 } end
if room_epoch ~= epoch then return { 1 } end
if mailbox ~= '' then redis.call('HSET', mailboxes_key, mailbox, UNWANTED) end

local member = letter_of(line) .. index
local reminder = read_reminder(reminders_key, member)
if not reminder or (mailbox ~= '' and reminder.mailbox ~= mailbox) then return { 1 } end
redis.call('ZREM', taken_key, member)
redis.call('ZREM', undrawn_key, index)
redis.call('ZREM', at_prefix .. line .. reminder.distance, index)
if reminder.state == REMINDER_SET then
  redis.call('HDEL', reminders_key, member)
else
  -- The record stays, so that this ticket gets no second mail.
  reminder.state, reminder.sealed = REMINDER_STOPPED, ''
  write_reminder(reminders_key, member, reminder)
end
local seen = read_seen(seen_prefix, index)
if seen ~= SEEN_LEFT and seen ~= SEEN_REVOKED then mark_seen(seen_prefix, index, now_ms) end
return { 1 }
