local key, owner = ARGV[4], ARGV[5]
local job = load(key)
if not owns(job, owner) or not UNFINISHED[job.state] or is_blocked(job, live_jobs(job.openid)) then
  return false
end
if job.state == 'waiting' then
  job.state = 'running'
  touch(job)
  save(job)
end
return follower(job.openid)
