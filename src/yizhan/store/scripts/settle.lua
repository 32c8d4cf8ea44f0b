-- The parts carried come last: key, index, key, index …
local key, openid, reply, shown, cut_key, cut_index, cut_body = unpack(ARGV, 4, 10)
local carried, wanted = {}, { key }
for place = 11, #ARGV, 2 do
  local other = ARGV[place]
  if not carried[other] then
    carried[other] = {}
    table.insert(wanted, other)
  end
  carried[other][tonumber(ARGV[place + 1])] = true
end

local seen = {}
local function settle(job)
  if not job or seen[job.key] then
    return
  end
  seen[job.key] = true
  local delivered = carried[job.key] or {}
  sift(job, function(part)
    return not delivered[part[INDEX]]
  end)
  if job.key == cut_key then
    cut(job, cut_index, cut_body)
  end
  pass_on(job, key, FREE)
  if job.key == key then
    redis.call('HSET', at('job', key), 'reply', reply)
  end
  conclude(job, job.key == key and 'replied' or 'delivered')
  save(job)
end

for _, job in ipairs(live_jobs(openid)) do
  if job.key == key or carried[job.key] or #parts_of(job, key) > 0 then
    settle(job)
  end
end
for _, other in ipairs(wanted) do
  settle(load(other))
end
show(openid, shown)
return false
