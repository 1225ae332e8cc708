-- Sends the requests of a file one after the other, repeatedly. A line has, separated by tabs: method, path, body, and
-- then name and value of each header.
local requests, at = {}, 0

local function parts(line)
  local all = {}
  for part in (line .. '\t'):gmatch('([^\t]*)\t') do all[#all + 1] = part end
  return all
end

function init(args)
  for line in io.lines(args[1]) do
    local fields = parts(line)
    local body = fields[3]
    local headers = { ['Content-Type'] = body ~= '' and 'application/json' or nil }
    for name = 4, #fields - 1, 2 do headers[fields[name]] = fields[name + 1] end
    requests[#requests + 1] = wrk.format(fields[1], fields[2], headers, body ~= '' and body or nil)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"p99_us":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
