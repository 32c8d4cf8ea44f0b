-- The quota comes last: window, seconds, messages, window, …
local key, owner, count, moment = ARGV[4], ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])
local job = load(key)
if job and job.call == call then
  return job.charged
end
if not owns(job, owner) or not (job.state == 'ready' or UNFINISHED[job.state]) then
  return false
end

local kept = at('follower', job.openid)
local name, closes
for place = 8, #ARGV, 3 do
  local window, seconds, messages = unpack(ARGV, place, place + 2)
  local opened, used = unpack(redis.call('HMGET', kept, 'opened:' .. window, 'used:' .. window))
  local ends = opened and opened + seconds
  if ends and moment < ends and tonumber(used) < tonumber(messages) then
    if not closes or ends < closes or (ends == closes and window < name) then
      name, closes = window, ends
    end
  end
end
if not name then
  return false
end

local begun = 0
for _, part in ipairs(job.parts) do
  if part[BY] == CUSTOM and begun < count then
    part[BY] = SENDING
    begun = begun + 1
  end
end
if begun == 0 then
  return false
end
job.state, job.call, job.charged = 'sending', call, name
touch(job)
save(job)
keep(job.openid, 'used:' .. name, redis.call('HGET', kept, 'used:' .. name) + 1)
return name
