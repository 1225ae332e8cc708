-- A room has an ordinary line ('') and a priority line ('priority_'). The name is the prefix of a line's fields in the
-- room hash. Called, active and ended are common to both lines; there a letter marks the tickets of the priority line.
local PRIORITY = 'priority_'
local function letter_of(line)
  return line == PRIORITY and 'P' or ''
end
