local key, openid, message, owner, ordered, window, pickup = unpack(ARGV, 4, 10)
local signature, digest, milliseconds = unpack(ARGV, 11, 13)

local function bind()
  local known = redis.call('GET', at('signature', signature))
  if known and known ~= digest then
    return false
  end
  redis.call('SET', at('signature', signature), digest, 'PX', milliseconds)
  redis.call('ZADD', base .. 'signatures', lease_time() + milliseconds, signature)
  return true
end

if signature and not bind() then
  return { 'reused' }
end

local now = lease_time()
local others = live_jobs(openid)
local waiting, unfinished = 0, 0
for _, other in ipairs(others) do
  for _, part in ipairs(LISTED[other.state] and {} or other.parts) do
    if part[BY] ~= CUSTOM and part[BY] ~= SENDING then
      waiting = waiting + 1
    end
  end
  if other.open == '1' and other.key ~= key then
    unfinished = unfinished + 1
  end
end

local function note()
  local shown = pickup == '1' and redis.call('HGET', at('follower', openid), 'shown') or ''
  local promised = shown == 'more' or (shown ~= '' and waiting + unfinished > 0)
  return promised and 'pickup' or ''
end

local job = load(key)
if not job then
  job = {
    key = key, seq = tostring(redis.call('INCR', base .. 'seq')), openid = openid,
    ordered = ordered, created = wall, first = tostring(now), state = 'running', owner = owner,
    updated = wall, open = '1', route = 'push', arrivals = '1', attempts = '1', next = '0',
    parts = {}, reply = false, note = note(), entry = '', call = call, charged = '',
    was = { live = false },
  }
  job.state = is_blocked(job, others) and 'waiting' or 'running'
  redis.call('HSET', at('job', key), 'message', message)
  redis.call('ZADD', at('of', openid), job.seq, key)
  if window ~= '' then
    keep(openid, 'opened:' .. window, wall, 'used:' .. window, '0')
  end
  save(job)
elseif job.call ~= call then
  job.arrivals = tostring(job.arrivals + 1)
  store(job)
end

return {
  job.call == call and 'new' or 'again', job.state, owns(job, owner) and 1 or 0,
  is_blocked(job, others) and 0 or 1, tonumber(job.arrivals), math.max(0, now - job.first),
  waiting, unfinished, job.reply, job.note, follower(openid),
}
