local state, limit, before = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])

-- The newest jobs of one state that were created before that time.
local function newest(name)
  local found, start = {}, 0
  while #found < limit do
    local page = redis.call('ZREVRANGE', at('state', name), start, start + limit - 1, 'WITHSCORES')
    for place = 1, #page, 2 do
      local created = before and tonumber(load(page[place]).created)
      if #found < limit and (not before or created < before) then
        table.insert(found, { key = page[place], seq = tonumber(page[place + 1]) })
      end
    end
    if #page < 2 * limit then
      break
    end
    start = start + limit
  end
  return found
end

local found = {}
for _, name in ipairs(state ~= '' and { state } or STATES) do
  for _, entry in ipairs(newest(name)) do
    table.insert(found, entry)
  end
end
table.sort(found, function(one, other)
  return one.seq > other.seq
end)
local jobs = {}
for place = 1, math.min(limit, #found) do
  jobs[place] = as_reply(found[place].key)
end
return jobs
