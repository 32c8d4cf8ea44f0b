local key, openid, milliseconds = ARGV[4], ARGV[5], ARGV[6]
if redis.call('HEXISTS', at('job', key), 'reply') == 1 then
  return {}
end
local now, parts = lease_time(), {}
for _, job in ipairs(live_jobs(openid)) do
  if reserve(job, key, now, milliseconds) then
    save(job)
    parts_of(job, key, parts)
  end
end
return parts
