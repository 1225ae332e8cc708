-- A room has an ordinary line ('') and a priority line ('priority_'). The name stands before a line's fields of the room
-- hash; a letter tells its tickets from the others among those called, active and ended, which are common to both.
local PRIORITY = 'priority_'
local function letter_of(line)
  return line == PRIORITY and 'P' or ''
end
