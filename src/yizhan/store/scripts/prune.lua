-- One small batch of a round in which so many were listed and dropped before: jobs deleted,
-- jobs listed, followers dropped, followers left (to skip). In a round at most `few` answers
-- are listed and `few` followers dropped, or one for each `share` followers.
local final, ready, idle, skip, batch, few, share, listed, dropped = unpack(ARGV, 4, 12)
local HEAD = 1000 -- how many of the oldest of a state are looked at

local followers = redis.call('ZCARD', base .. 'followers') + dropped
local most = math.max(tonumber(few), math.floor(followers / share))

local function old(state, before, left)
  local jobs = {}
  for _, key in ipairs(redis.call('ZRANGE', at('state', state), 0, HEAD - 1)) do
    local job = load(key)
    if #jobs == math.min(batch, left) then
      break
    end
    if job.route == 'push' and tonumber(job.updated) < tonumber(before) then
      table.insert(jobs, job)
    end
  end
  return jobs
end

local jobs, new = 0, 0
for _, state in ipairs({ 'replied', 'delivered' }) do
  for _, job in ipairs(old(state, final, batch)) do
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
for _, job in ipairs(old('ready', ready, most - listed)) do
  close(job, 'uncollected')
  conclude(job, 'delivered')
  save(job)
  new = new + 1
end

local gone, left = 0, 0
local candidates = redis.call('ZRANGEBYSCORE', base .. 'followers', '-inf', '(' .. idle,
  'LIMIT', skip, math.min(batch, most - dropped))
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
return { jobs, new, gone, left }
