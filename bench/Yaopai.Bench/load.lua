-- Usage: wrk … -- MODE FILE [THREADS]. FILE holds one form, or JSON object, a line; MODE says how they are sent:
--   same   the first line, always
--   cycle  line after line, from the beginning again after the last
--   once   each line once; the run ends before one would come a second time
--   again  as once, and from the beginning again
-- With "same" a line may begin with an Authorization header: Bearer TOKEN {…}
-- or with x-wlk-Authorization: TOKEN {…}, or, of a GET, be a query with its question mark, behind such a header or not.
-- Of several threads (told as THREADS) each takes every n-th line.

local threads = 0

function setup(thread)
  thread:set("part", threads)
  threads = threads + 1
end

local mode, file, step, lines, bodies, at

local function open()
  lines = io.lines(file)
  for _ = 1, part do lines() end
end

function init(args)
  mode, file = args[1], args[2]
  step = tonumber(args[3] or "1")
  wrk.method = "POST"
  open()
  local first = io.lines(file)()
  local authorization, json = first:match("^(Bearer %S+) ({.*)$")
  first = json or first
  wrk.headers["Authorization"] = authorization
  local token, rest = first:match("^x%-wlk%-Authorization: (%S+) (.*)$")
  first = rest or first
  wrk.headers["x-wlk-Authorization"] = token
  wrk.headers["Content-Type"] = first:sub(1, 1) == "{" and "application/json" or "application/x-www-form-urlencoded"
  if first:sub(1, 1) == "?" then
    wrk.method, wrk.path, first = "GET", wrk.path .. first, nil
    wrk.headers["Content-Type"] = nil
  end
  if mode == "same" then
    wrk.body = first
    request = nil -- wrk then makes the request once and sends it again and again
  elseif mode == "cycle" then
    bodies, at = {}, part
    for line in io.lines(file) do bodies[#bodies + 1] = line end
  end
end

function request()
  local body
  if mode == "cycle" then
    body = bodies[at + 1]
    at = (at + step) % #bodies
  else
    body = lines and lines()
    if body == nil then
      if mode == "once" then
        lines = nil -- wrk asks on until it has stopped, and a file that ended cannot be read again
        wrk.thread:stop()
        return wrk.format(nil, nil, nil, "")
      end
      open()
      body = lines()
    end
    for _ = 2, step do lines() end
  end
  return wrk.format(nil, nil, nil, body)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %.0f %.0f\n",
    summary.requests, summary.duration, errors.connect + errors.read + errors.write + errors.timeout, errors.status,
    latency:percentile(50), latency:percentile(99)))
end
