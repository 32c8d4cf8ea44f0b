local key, owner, state, route, note, milliseconds = unpack(ARGV, 4, 9)
local job = load(key)

-- What a repeated call is told: what it was told first.
local function again()
  local parts = {}
  for _, other in ipairs(milliseconds ~= '' and live_jobs(job.openid) or {}) do
    parts_of(other, key, parts)
  end
  return { parts, job.reply, 0 }
end

if job and job.call == call then
  return again()
end
if not owns(job, owner) or job.open ~= '1' then
  return false
end

local now = lease_time()
append(job, ARGV, 15)
job.note, job.call = note, call
if route == 'custom' then
  give_to_owner(job, now)
end
job.open = state == 'running' and '1' or '0'
if UNFINISHED[job.state] or state == 'dead' then
  job.state = state
end

-- What this push may carry: decided now, unless it was before.
local function reserved()
  if job.reply then
    return { {}, job.reply, 0 }, {}
  end
  local jobs = live_jobs(job.openid)
  for place, other in ipairs(jobs) do
    jobs[place] = other.key == key and job or other
  end
  local taken, held = offer(key, owner, jobs, now, milliseconds, false)
  if #held == 0 and taken[3] == 0 and job.open ~= '1' then
    redis.call('HSET', at('job', key), 'reply', '')
  end
  return taken, held
end

local taken, held = { {}, false, 0 }, {}
if milliseconds ~= '' then
  taken, held = reserved()
end
conclude(job, 'replied')
save(job)
for _, other in ipairs(held) do
  if other ~= job then
    save(other)
  end
end

-- Erase what is kept of the follower from before this job, but not the job.
local function forget()
  for _, other in ipairs(redis.call('ZRANGEBYSCORE', at('of', job.openid), '-inf', '(' .. job.seq)) do
    delete(load(other))
  end
  local kept = redis.call('HGETALL', at('follower', job.openid))
  local since = {}
  for place = 1, #kept, 2 do
    local name = string.match(kept[place], '^opened:(.*)')
    if name and tonumber(kept[place + 1]) > tonumber(job.created) then
      since[name] = { kept[place + 1], redis.call('HGET', at('follower', job.openid), 'used:' .. name) }
    end
  end
  redis.call('DEL', at('follower', job.openid))
  redis.call('ZREM', base .. 'followers', job.openid)
  for name, window in pairs(since) do
    keep(job.openid, 'opened:' .. name, window[1], 'used:' .. name, window[2])
  end
end

if ARGV[14] == '1' then
  forget()
  return taken
end
for place, field in ipairs({ 'session', 'dialog' }) do
  local what, value = ARGV[8 + 2 * place], ARGV[9 + 2 * place]
  if what == 'erase' then
    keep(job.openid, 'shown', redis.call('HGET', at('follower', job.openid), 'shown') or '')
    redis.call('HDEL', at('follower', job.openid), field)
  elseif what == 'set' then
    keep(job.openid, field, value)
  end
end
return taken
