-- Sends the requests of a file one after the other, round and round. A line: method, path, bearer ("-": none), body.
local requests, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, bearer, body = line:match('^(%S+) (%S+) (%S+) ?(.*)$')
    local headers = { ['Content-Type'] = body ~= '' and 'application/json' or nil }
    if bearer ~= '-' then headers['Authorization'] = 'Bearer ' .. bearer end
    requests[#requests + 1] = wrk.format(method, path, headers, body ~= '' and body or nil)
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
