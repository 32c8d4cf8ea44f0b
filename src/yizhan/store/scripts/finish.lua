local key, owner, state, route, note, milliseconds = unpack(ARGV, 4, 9)
local job = load(key)

-- The parts of all this follower's jobs that are reserved for this push.
local function reserved()
  local parts = {}
  for _, other in ipairs(live_jobs(job.openid)) do
    parts_of(other, key, parts)
  end
  return parts
end

if job and job.call == call then
  return milliseconds ~= '' and reserved() or {}
end
if not owns(job, owner) or job.open ~= '1' then
  return false
end

local now = lease_time()
append(job, ARGV, 14)
job.note, job.call = note, call
if route == 'custom' then
  give_to_owner(job, now)
end
job.open = state == 'running' and '1' or '0'
if UNFINISHED[job.state] or state == 'dead' then
  job.state = state
end
if milliseconds ~= '' then
  reserve(job, key, now, milliseconds)
end
conclude(job, 'replied')
save(job)

for place, field in ipairs({ 'session', 'dialog' }) do
  local what, value = ARGV[8 + 2 * place], ARGV[9 + 2 * place]
  if what == 'erase' then
    keep(job.openid, 'shown', redis.call('HGET', at('follower', job.openid), 'shown') or '')
    redis.call('HDEL', at('follower', job.openid), field)
  elseif what == 'set' then
    keep(job.openid, field, value)
  end
end

if milliseconds == '' then
  return {}
end
for _, other in ipairs(live_jobs(job.openid)) do
  if other.key ~= key and reserve(other, key, now, milliseconds) then
    save(other)
  end
end
return reserved()
