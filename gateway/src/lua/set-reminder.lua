--[[
  Sets the reminder of a waiting ticket. It replaces an earlier one, until that was sent.

  KEYS[1] room       hash                                      KEYS[2] reminders  hash: ticket -> reminder
  KEYS[3] mailboxes  hash: mailbox -> mails it had, or -1      KEYS[4] undrawn    sorted set: index by index
  KEYS[5] at         prefix of the sorted sets: index by number

  ARGV[1] arrival index  ARGV[2] epoch of the ticket  ARGV[3] line: "" or "priority_"
  ARGV[4] distance  ARGV[5] keyed hash of the mailbox  ARGV[6] sealed contents  ARGV[7] most mails for a mailbox

  Returns { 1, distance }  to be sent          { 2, distance }  on its way or already sent: nothing has changed
          { 0 }   this Redis does not know the room
          { -1 }  the ticket has an earlier epoch
          { -2 }  the mailbox gets no more mails
  O(log reminders).
]]
local room_key, reminders_key, mailboxes_key, undrawn_key, at_prefix = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local index, epoch, line = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local distance, mailbox, sealed, most_mails = ARGV[4], ARGV[5], ARGV[6], tonumber(ARGV[7])

-- @include line
-- @include number
-- @include reminder

local room_epoch = tonumber(redis.call('HGET', room_key, 'epoch'))
if not room_epoch then return { 0 } end
if room_epoch ~= epoch then return { -1 } end

local member = letter_of(line) .. index
local before = read_reminder(reminders_key, member)
if before and before.state ~= REMINDER_SET then return { 2, before.distance } end
local mails = tonumber(redis.call('HGET', mailboxes_key, mailbox)) or 0
if mails == UNWANTED or mails >= most_mails then return { -2 } end

if before then redis.call('ZREM', at_prefix .. line .. before.distance, index) end
local lottery, undrawn = nil, false
if line ~= PRIORITY then lottery, undrawn = read_lottery(room_key) end
if undrawn then
  redis.call('ZADD', undrawn_key, index, index)
else
  redis.call('ZADD', at_prefix .. line .. distance, number_of(index, lottery), index)
end
write_reminder(reminders_key, member, { state = REMINDER_SET, distance = distance, mailbox = mailbox, sealed = sealed })
return { 1, distance }
