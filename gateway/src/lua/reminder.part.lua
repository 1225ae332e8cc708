-- The reminder of a ticket, only one ever: "state|distance|mailbox|sealed". State: s, to be sent; t, on its way or
-- sent; x, removed after it was sent. Distance: a and how many ahead, or m and how many minutes. Mailbox: a keyed hash.
-- Sealed: the data of the mail, which only gateways can read; it is dropped when Postgres has it.
local REMINDER_SET, REMINDER_SENT, REMINDER_STOPPED, UNWANTED = 's', 't', 'x', -1

local function read_reminder(reminders_key, member)
  local text = redis.call('HGET', reminders_key, member)
  if not text then return nil end
  local state, distance, mailbox, sealed = string.match(text, '^(%a)|(%w+)|([^|]*)|(.*)$')
  return { state = state, distance = distance, mailbox = mailbox, sealed = sealed }
end

local function write_reminder(reminders_key, member, reminder)
  redis.call('HSET', reminders_key, member,
    table.concat({ reminder.state, reminder.distance, reminder.mailbox, reminder.sealed }, '|'))
end

local function keeps_place(reminders_key, member)
  local text = redis.call('HGET', reminders_key, member)
  return text and string.sub(text, 1, 1) ~= REMINDER_STOPPED
end
