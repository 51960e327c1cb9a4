-- Script of wrk: asks for the addresses of a file, one a line, over and over, and prints the result as
-- one line of JSON. Arguments after `--`: the file, and the line to begin with.

local addresses = {}
local next_line = 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    addresses[#addresses + 1] = wrk.format("GET", line)
  end
  next_line = tonumber(arguments[2])
end

function request()
  next_line = next_line % #addresses + 1
  return addresses[next_line]
end

function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format(
    '{"requests": %d, "microseconds": %d, "refused": %d, "lost": %d, "p50": %d, "p99": %d}',
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)
  ))
end
