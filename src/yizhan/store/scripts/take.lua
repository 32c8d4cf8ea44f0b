local key, openid, owner, milliseconds, overtake, otherwise, shown = unpack(ARGV, 4, 10)
local known, reply = unpack(redis.call('HMGET', at('job', key), 'record', 'reply'))
if reply then
  return { {}, reply, 0 }
end
local jobs, now = live_jobs(openid), lease_time()
local taken, held = offer(key, owner, jobs, now, milliseconds, overtake == '1')
for _, job in ipairs(held) do
  save(job)
end
if known and otherwise and #held == 0 and taken[3] == 0 then
  redis.call('HSET', at('job', key), 'reply', otherwise)
  if otherwise ~= '' then
    show(openid, shown)
  end
end
return taken
