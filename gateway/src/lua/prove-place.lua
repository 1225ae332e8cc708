--[[
  Gives the place of an e-mail address to one of its tickets: its holder has proved to receive the mails of the address.
  The newest proof wins.

  KEYS[1] places  KEYS[2] room; see join-unique-email.lua
  ARGV[1] arrival index  ARGV[2] epoch of ticket and proof  ARGV[3] keyed hash of the address

  Returns { 1, index }   this ticket has the place; index of the ticket that held it before, 0: none or the same
          { 0 }   the ticket did not join with this address, or has another epoch
  O(1).
]]
local places_key, room_key = KEYS[1], KEYS[2]
local index, epoch, address = ARGV[1], tonumber(ARGV[2]), ARGV[3]

if tonumber(redis.call('HGET', room_key, 'epoch')) ~= epoch then return { 0 } end
local holder = redis.call('HGET', places_key, address)
if holder == index then return { 1, 0 } end
if redis.call('HGET', places_key, '#' .. index) ~= address then return { 0 } end
redis.call('HSET', places_key, address, index)
if not holder then return { 1, 0 } end
redis.call('HSET', places_key, '#' .. holder, address)
return { 1, tonumber(holder) }
