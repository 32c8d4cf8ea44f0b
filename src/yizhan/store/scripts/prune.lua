-- One small batch: jobs deleted or listed, followers deleted, followers left (to skip).
local final, ready, idle, skip, batch = unpack(ARGV, 4, 8)
local HEAD = 1000 -- how many of the oldest of a state are looked at

local function old(state, before)
  local jobs = {}
  for _, key in ipairs(redis.call('ZRANGE', at('state', state), 0, HEAD - 1)) do
    local job = load(key)
    if job.route == 'push' and tonumber(job.updated) < tonumber(before) then
      table.insert(jobs, job)
    end
    if #jobs == tonumber(batch) then
      break
    end
  end
  return jobs
end

local jobs = 0
for _, state in ipairs({ 'replied', 'delivered' }) do
  for _, job in ipairs(old(state, final)) do
    delete(job)
    jobs = jobs + 1
  end
end
for _, key in ipairs(redis.call('ZRANGE', at('of', '@unread'), 0, batch - 1)) do
  local job = load(key)
  if LISTED[job.state] and tonumber(job.updated) < tonumber(final) then
    delete(job)
    jobs = jobs + 1
  end
end
for _, job in ipairs(old('ready', ready)) do
  close(job, 'uncollected')
  conclude(job, 'delivered')
  save(job)
  jobs = jobs + 1
end

local gone, left = 0, 0
local candidates = redis.call('ZRANGEBYSCORE', base .. 'followers', '-inf', '(' .. idle,
  'LIMIT', skip, batch)
for _, openid in ipairs(candidates) do
  if redis.call('EXISTS', at('of', openid)) == 1 then
    left = left + 1
  else
    redis.call('DEL', at('follower', openid))
    redis.call('ZREM', base .. 'followers', openid)
    gone = gone + 1
  end
end

ensure_stream()
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', stream, group)) do
  if consumer[4] == 0 then -- name, its name, pending, their number, …
    redis.call('XGROUP', 'DELCONSUMER', stream, group, consumer[2])
  end
end
redis.call('ZREMRANGEBYSCORE', base .. 'signatures', '-inf', lease_time())
return { jobs, gone, left }
