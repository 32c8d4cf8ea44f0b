local key, owner, count = ARGV[4], ARGV[5], tonumber(ARGV[6])
local job = load(key)
if owns(job, owner) and job.state == 'sending' then
  end_send(job, count)
  conclude(job, 'delivered')
  save(job)
end
return false
