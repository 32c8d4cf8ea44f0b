local key, owner, unsaid = unpack(ARGV, 4, 6)
local job = load(key)
for _, held in ipairs(job and live_jobs(job.openid) or {}) do
  if pass_on(held, key, FREE, owner) then
    save(held)
  end
end
if unsaid == '1' then
  redis.call('HDEL', at('job', key), 'reply')
end
return false
